import { Injectable } from '@nestjs/common';
import type { Viewer } from '@palmares/shared/board/view';
import type { Role } from '@palmares/shared/people/member';
import { AuthService } from '../auth/auth.service.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { ManagementService } from '../people/management.service.js';
import type { Tx } from '../platform/database.js';
import * as certification from './certification.store.js';
import { LineupService } from './lineup.service.js';
import { ScoreService } from './score.service.js';
import type { RunningChallenge } from './scoring.js';
import { Sight } from './sight.js';

/** A challenge as far as it matters who sees it. */
export interface Seen {
  /** With its lineup, where teams compete. */
  challenge: RunningChallenge;
  certified: boolean;
}

/** They launch, change, pay or end challenges, and so take part in them in their way. */
const RUNNING: readonly Role[] = ['manager', 'hr', 'admin'];

/** Who sees whom in a challenge. */
@Injectable()
export class SightService {
  constructor(
    private readonly auth: AuthService,
    private readonly managements: ManagementService,
    private readonly lineups: LineupService,
    private readonly scores: ScoreService,
  ) {}

  /** What a caller sees of a challenge. */
  async of(tx: Tx, caller: Caller, seen: Seen): Promise<Sight> {
    const { challenge } = seen;
    const { visibility, audience } = challenge.definition;
    const viewer = await this.viewer(tx, caller, seen);
    const veil = await this.auth.veil(tx, challenge.id);
    return new Sight(viewer, visibility, veil, audience.kind === 'teams' ? 'team' : 'member');
  }

  /** The same of a challenge as it is found, without its lineup. */
  async found(
    tx: Tx,
    caller: Caller,
    found: { challenge: RunningChallenge; row: { certifiedSeq: number | null } },
  ): Promise<Sight> {
    const challenge = await this.lineups.joinStored(tx, caller.organisationId, found.challenge);
    return this.of(tx, caller, { challenge, certified: found.row.certifiedSeq !== null });
  }

  private async viewer(tx: Tx, caller: Caller, seen: Seen): Promise<Viewer> {
    const nobody = { own: [], also: new Set<string>() };
    if (caller.kind === 'key') return { all: true, inside: true, ...nobody };
    if (caller.kind === 'board-link') return { all: false, inside: true, ...nobody };
    const { definition } = seen.challenge;
    const own = await this.own(tx, caller, seen.challenge);
    const inside =
      own.length > 0 ||
      definition.observers.includes(caller.memberId) ||
      caller.roles.some((role) => RUNNING.includes(role));
    return { all: false, inside, own, also: await this.answeredFor(tx, caller, seen) };
  }

  private async own(
    tx: Tx,
    { organisationId, memberId }: MemberCaller,
    { id, lineup }: RunningChallenge,
  ): Promise<string[]> {
    const wanted = lineup ? lineup.allTeamsOf(memberId) : [memberId];
    return this.scores.present(tx, organisationId, id, wanted);
  }

  /** Themselves, those whom they managed on some day of the window, for HR whom it has paid. */
  private async answeredFor(tx: Tx, caller: MemberCaller, seen: Seen): Promise<Set<string>> {
    const { organisationId, memberId, roles } = caller;
    const { definition, id } = seen.challenge;
    const also = new Set([memberId]);
    if (roles.includes('manager')) {
      const { from, to } = definition;
      const window = { from, to };
      const seenBy = await this.managements.managedMembers(tx, organisationId, memberId, window);
      for (const teamId of seenBy.teamIds) also.add(teamId);
      for (const one of seenBy.members) also.add(one.memberId);
    }
    if (roles.includes('hr') && seen.certified) {
      for (const award of await certification.awards(tx, organisationId, id)) {
        also.add(award.subjectId);
        if (award.teamId) also.add(award.teamId);
      }
    }
    return also;
  }
}
