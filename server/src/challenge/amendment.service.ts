import { Injectable } from '@nestjs/common';
import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import { compileChallenge } from '@palmares/shared/challenge/compile';
import { growthOf } from '@palmares/shared/challenge/growth';
import type { Fault } from '@palmares/shared/problem/catalogue';
import { z } from 'zod';
import { AuditService } from '../audit/audit.service.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { markChallenges, type Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import { CeilingService } from './ceiling.service.js';
import { ChallengeService, type Found } from './challenge.service.js';
import * as store from './challenge.store.js';
import { differing, type StandingDifference } from './difference.service.js';
import { FrozenService } from './frozen.service.js';
import { ParticipantService } from './participant.service.js';
import { PayoutService, type Cost } from './payout.service.js';
import { ScoreService } from './score.service.js';
import { SightService } from './sight.service.js';
import { SignerService } from './signer.service.js';
import { SteeringService } from './steering.service.js';
import { TermsService } from './terms.service.js';

/** Who gains, who loses and who enters by an amendment, and the version that it makes. */
export interface Amended {
  version: number;
  items: StandingDifference[];
  entering: { id: string; label: string | null }[];
  /** What may be paid at the most. */
  cost: { before: Cost; after: Cost };
}

/** Undoes a preview: nothing of it is kept. */
class Previewed extends Error {
  constructor(readonly amended: Amended) {
    super('a preview');
  }
}

/** Changes the rules of a launched challenge, in the open: a new version, scored from now on. */
@Injectable()
export class AmendmentService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly measures: MeasureService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly frozen: FrozenService,
    private readonly payouts: PayoutService,
    private readonly signal: Signal,
    private readonly audit: AuditService,
    private readonly terms: TermsService,
    private readonly sights: SightService,
    private readonly steering: SteeringService,
    private readonly participants: ParticipantService,
    private readonly signers: SignerService,
    private readonly ceilings: CeilingService,
    private readonly authors: AuthorService,
  ) {}

  /**
   * Does all that the amendment does, and takes it back: the preview is what will happen.
   * Problems: as `amend`.
   */
  async preview(caller: Caller, id: string, to: ChallengeDefinition): Promise<Amended> {
    const { organisationId } = caller;
    try {
      return await this.database.transaction(async (tx) => {
        throw new Previewed(await this.within(tx, caller, id, to));
      });
    } catch (error) {
      if (error instanceof Previewed) return error.amended;
      throw error;
    } finally {
      this.challenges.forget(organisationId);
      this.scores.forget(organisationId);
    }
  }

  /**
   * Problems: `not-found`, `challenge-not-launched`, `challenge-certified`, `challenge-cancelled`,
   * `invalid` for what an amendment cannot change, `unbounded-cost`, `budget-exceeded`,
   * `member-unknown`, `team-unknown`, `total-too-large`, `beyond-teams`, `no-independent-signer`,
   * `ceiling-exceeded`, and `signature-does-not-count` once the window is over.
   */
  async amend(caller: Caller, id: string, to: ChallengeDefinition): Promise<Amended> {
    const { organisationId } = caller;
    return this.database.transaction(async (tx) => {
      const amended = await this.within(tx, caller, id, to);
      const what = { action: 'challenge.amend', subject: `challenge:${id}` } as const;
      // What it was and what it is now are kept as versions of the challenge.
      const after = { version: amended.version };
      await this.audit.write(tx, { organisationId, ...what, after });
      await this.terms.publish(tx, organisationId, id);
      return amended;
    });
  }

  private async within(
    tx: Tx,
    caller: Caller,
    id: string,
    to: ChallengeDefinition,
  ): Promise<Amended> {
    const { organisationId } = caller;
    const turn = await this.people.turn(tx, organisationId);
    const found = await this.challenges.find(tx, organisationId, id);
    const definition = z.encode(challengeDefinitionSchema, to);
    await this.steering.need(tx, caller, found.row.definition, definition);
    refuse(found, to);
    await this.authors.note(tx, organisationId, id);
    const before = await this.scores.standings(tx, organisationId, found.challenge);
    const entering = await this.entering(tx, organisationId, found, to);
    const subjects = before.length + entering.length;
    const raise = await this.allow(tx, caller, found, to, { before: before.length, entering });
    await store.freeze(tx, turn, id, definition, this.clock.now());
    await this.rescore(tx, turn, found, to, entering);
    await this.payouts.reserve(tx, turn, { id, definition: to }, subjects);
    await this.ceilings.commit(tx, organisationId, id, raise);
    await markChallenges(tx, turn);
    await this.signal.announce(tx, turn);
    await this.signal.send(tx, { kind: 'challenge', organisationId, challengeId: id });
    this.challenges.forget(organisationId);
    const amended = await this.challenges.find(tx, organisationId, id);
    const after = await this.scores.standings(tx, organisationId, amended.challenge);
    await this.payouts.level(tx, turn, amended.challenge, after);
    const sight = await this.sights.found(tx, caller, amended);
    const names = sight.namesIn(after);
    const fresh = new Set(entering);
    return {
      version: amended.row.version ?? 1,
      items: differing(before, after, sight),
      entering: after
        .filter(({ subjectId }) => fresh.has(subjectId))
        .map(({ subjectId, label }) => sight.subject(names, subjectId, label)),
      cost: {
        before: this.payouts.cost(found.challenge.definition, before.length),
        after: this.payouts.cost(to, subjects),
      },
    };
  }

  /**
   * Where something is paid before or after it, an amendment is like a launch, and once the window
   * is over it is a signature. Answers by how much it raises what may be paid.
   */
  private async allow(
    tx: Tx,
    caller: Caller,
    found: Found,
    to: ChallengeDefinition,
    { before, entering }: { before: number; entering: readonly string[] },
  ): Promise<number> {
    const { organisationId } = caller;
    const { definition, id } = found.challenge;
    const payout = [...definition.payout, ...to.payout];
    if (payout.length === 0) return 0;
    // Compiled apart, so that nothing of it is remembered for the challenge as it stands.
    const as = { definition: { ...to, payout }, compiled: compileChallenge(to) };
    const challenge = { ...found.challenge, ...as };
    const signature = signatureOf(caller);
    const signable = { row: found.row, challenge, entering };
    const signers = await this.signers.of(tx, organisationId, signable, { signature });
    if (signers.next === null) throw new ProblemError('no-independent-signer');
    if (found.status === 'provisional') this.signers.need(signers, signature);
    const cost = this.payouts.cost(to, before + entering.length).points ?? 0;
    const known = Math.max(
      await this.ceilings.committed(tx, organisationId, id),
      this.payouts.cost(definition, before).points ?? 0,
    );
    const raise = Math.max(0, cost - known);
    const excess = await this.ceilings.excess(tx, organisationId, id, { cost, raise });
    if (excess !== null) throw new ProblemError('ceiling-exceeded', excess);
    return raise;
  }

  /** Whom the amendment brings in. Problems: `member-unknown`, `team-unknown`. */
  private async entering(
    tx: Tx,
    organisationId: string,
    { challenge: { id, definition } }: Found,
    to: ChallengeDefinition,
  ): Promise<string[]> {
    const growth = growthOf(definition.audience, to.audience);
    if (!growth.grows || !growth.added) return [];
    // Of the added part only: whoever came to the others after the launch may have to stay out.
    const added = { ...to, audience: growth.added };
    const subjects = await this.participants.subjects(tx, organisationId, added);
    const present = new Set(await this.scores.subjects(tx, organisationId, id));
    return subjects.filter((one) => !present.has(one));
  }

  private async rescore(
    tx: Tx,
    turn: Turn,
    found: Found,
    to: ChallengeDefinition,
    entering: readonly string[],
  ): Promise<void> {
    const { id } = found.challenge;
    const compiled = compileChallenge(to);
    await this.measures.keep(tx, turn, compiled.measures);
    const subjects = await this.scores.subjects(tx, turn.organisationId, id);
    await this.frozen.forget(tx, turn, id);
    const frozen = await this.frozen.freeze(tx, turn, id, to, [...subjects, ...entering]);
    const challenge = { ...found.challenge, definition: to, compiled, frozen };
    await this.scores.enter(tx, turn, challenge, entering);
    await this.scores.mend(tx, turn, challenge);
  }
}

/** Who takes part already, since when, and what was promised to be paid at once stays as it is. */
function refuse({ row, challenge, status }: Found, to: ChallengeDefinition): void {
  if (row.version === null) throw new ProblemError('challenge-not-launched');
  if (status === 'certified') throw new ProblemError('challenge-certified');
  if (status === 'cancelled') throw new ProblemError('challenge-cancelled');
  const { definition } = challenge;
  const faults: Fault[] = [];
  const keep = (pointer: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    faults.push({ pointer, detail: 'an amendment does not change this' });
  };
  keep('/from', definition.from, to.from);
  if (!growthOf(definition.audience, to.audience).grows) {
    faults.push({ pointer: '/audience', detail: 'an amendment only adds people or teams' });
  }
  keep('/observers', definition.observers, to.observers);
  for (const [index, line] of definition.payout.entries()) {
    if (line.kind === 'threshold' && line.when === 'live') {
      keep(`/payout/${index}`, line, to.payout[index]);
    }
  }
  if (faults.length > 0) throw new ProblemError('invalid', undefined, faults);
}
