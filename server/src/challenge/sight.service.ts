import { Injectable } from '@nestjs/common';
import { mayOpen } from '@palmares/shared/access/policy';
import type { Veil, Viewer } from '@palmares/shared/board/view';
import { AuthService } from '../auth/auth.service.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { ManagementService } from '../people/management.service.js';
import type { Tx } from '../platform/database.js';
import { ProblemError } from '../http/problem-error.js';
import * as certification from './certification.store.js';
import { seesDrafts } from './challenge-view.js';
import { LineupService } from './lineup.service.js';
import { ScoreService } from './score.service.js';
import type { RunningChallenge } from './scoring.js';
import { Sight } from './sight.js';

/** A challenge as far as it matters who sees it. */
export interface Seen {
  /** With its lineup, where teams compete. */
  challenge: RunningChallenge;
  certified: boolean;
  /** False for a draft, and for one that waits for another signature. */
  launched: boolean;
  /** Who is on the board, where that is known already. */
  has?: (subjectId: string) => boolean;
}

/** Who sees whom in a challenge. */
@Injectable()
export class SightService {
  constructor(
    private readonly auth: AuthService,
    private readonly managements: ManagementService,
    private readonly lineups: LineupService,
    private readonly scores: ScoreService,
  ) {}

  /**
   * What a caller sees of a challenge. Boards, races, places, winnings, proofs and topics all come
   * by here. Problems: `not-found` for who may not know of it before it is launched.
   */
  async of(tx: Tx, caller: Caller, seen: Seen): Promise<Sight> {
    refuseDraft(caller, seen);
    const veil = await this.veil(tx, seen.challenge.id);
    const simple = seen.has && this.simple(caller, seen, veil);
    if (simple) return simple;
    if (caller.kind !== 'member') return sightOf(seen, strangerOf(caller), veil);
    const wanted = subjectsOf(caller, seen.challenge);
    const { organisationId } = caller;
    const own = await this.scores.present(tx, organisationId, seen.challenge.id, wanted);
    const also = await this.answeredFor(tx, caller, seen);
    return sightOf(seen, memberOf(caller, seen.challenge, own, also), veil);
  }

  /** The same where the database has nothing to say to it; undefined where it has. */
  simple(caller: Caller, seen: Seen, veil: Veil): Sight | undefined {
    refuseDraft(caller, seen);
    if (caller.kind !== 'member') return sightOf(seen, strangerOf(caller), veil);
    const { has, challenge, certified } = seen;
    if (!has || caller.roles.includes('manager')) return undefined;
    if (certified && caller.roles.includes('hr')) return undefined;
    const own = subjectsOf(caller, challenge).filter(has);
    const viewer = memberOf(caller, challenge, own, new Set([caller.memberId]));
    return sightOf(seen, viewer, veil);
  }

  veil(tx: Tx, challengeId: string): Promise<Veil> {
    return this.auth.veil(tx, challengeId);
  }

  /** The same of a challenge as it is found, without its lineup. */
  async found(
    tx: Tx,
    caller: Caller,
    found: {
      challenge: RunningChallenge;
      row: { certifiedSeq: number | null; version: number | null };
    },
  ): Promise<Sight> {
    const challenge = await this.lineups.joinStored(tx, caller.organisationId, found.challenge);
    return this.of(tx, caller, { challenge, ...stateOf(found.row) });
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

/** How far a challenge has come, as far as it matters who sees it. */
export const stateOf = (row: { certifiedSeq: number | null; version: number | null }) => ({
  certified: row.certifiedSeq !== null,
  launched: row.version !== null,
});

/** A link was made by who sees drafts, for this board alone: it says that it is not launched. */
function refuseDraft(caller: Caller, { launched }: Seen): void {
  if (launched || caller.kind === 'board-link' || seesDrafts(caller)) return;
  throw new ProblemError('not-found');
}

/** A key sees everything; a wall what everybody inside may. */
const strangerOf = (caller: Caller): Viewer => {
  return { all: caller.kind === 'key', inside: true, own: [], also: new Set() };
};

const subjectsOf = ({ memberId }: MemberCaller, { lineup }: RunningChallenge): string[] =>
  lineup ? lineup.allTeamsOf(memberId) : [memberId];

function memberOf(
  { memberId, roles }: MemberCaller,
  { definition }: RunningChallenge,
  own: readonly string[],
  also: ReadonlySet<string>,
): Viewer {
  const inside =
    own.length > 0 ||
    definition.observers.includes(memberId) ||
    // They launch, change, pay or end challenges, and so take part in them in their way.
    mayOpen('challenge.audit', roles);
  return { all: false, inside, own, also };
}

function sightOf({ challenge }: Seen, viewer: Viewer, veil: Veil): Sight {
  const { visibility, audience } = challenge.definition;
  return new Sight(viewer, visibility, veil, audience.kind === 'teams' ? 'team' : 'member');
}
