import { Injectable } from '@nestjs/common';
import type { Audience } from '@palmares/shared/challenge/audience';
import {
  challengeChangeSchema,
  challengeDefinitionSchema,
  type ChallengeChange,
  type ChallengeDefinitionInput,
} from '@palmares/shared/challenge/challenge';
import { addDays, daysBetween } from '@palmares/shared/time/day';
import { z } from 'zod';
import { AuditService } from '../audit/audit.service.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { bodyFaults } from '../http/schema.pipe.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { markChallenges } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import { recorded } from './challenge-view.js';
import { ChallengeService } from './challenge.service.js';
import * as store from './challenge.store.js';
import { PayoutService } from './payout.service.js';
import { ScoreService } from './score.service.js';
import { SteeringService } from './steering.service.js';

/** What of a copy is not as it was. */
interface Copy {
  name?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  audience?: Audience | undefined;
}

/** What becomes of a challenge besides running to its end: drafted anew, copied, given up. */
@Injectable()
export class LifeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly payouts: PayoutService,
    private readonly signal: Signal,
    private readonly audit: AuditService,
    private readonly steering: SteeringService,
    private readonly authors: AuthorService,
  ) {}

  /**
   * What is not named stays; a request to countersign is withdrawn. Problems: `not-found`, `invalid`, `challenge-already-launched`,
   * `beyond-teams`.
   */
  async redraft(caller: Caller, id: string, change: ChallengeChange): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      await this.people.turn(tx, organisationId);
      const { row } = await this.challenges.find(tx, organisationId, id);
      if (row.version !== null) throw new ProblemError('challenge-already-launched');
      const draft = changed(row.definition, change);
      await this.steering.need(tx, caller, row.definition, draft);
      await store.redraft(tx, organisationId, id, draft);
      await this.authors.note(tx, organisationId, id);
      const what = { action: 'challenge.change', subject: `challenge:${id}` } as const;
      const before = recorded(row.definition);
      const after = recorded(draft);
      await this.audit.write(tx, { organisationId, ...what, before, after });
    });
  }

  /**
   * A draft like another challenge, for the days that follow its own or for those that are named.
   * Problems: `not-found`, `invalid`, `beyond-teams`.
   */
  async duplicate(caller: Caller, id: string, wanted: Copy): Promise<string> {
    const { organisationId } = caller;
    const { challenge } = await this.database.read((tx) =>
      this.challenges.find(tx, organisationId, id),
    );
    const { definition } = challenge;
    const from = wanted.from ?? definition.to;
    const to = wanted.to ?? sameLength(definition, from);
    if (to <= from) {
      throw new ProblemError('invalid', undefined, [{ pointer: '/to', detail: 'after from' }]);
    }
    const { audience, name = definition.name } = wanted;
    const others = audience ? { audience, observers: [] } : {};
    return this.challenges.create(caller, { ...definition, ...others, name, from, to });
  }

  /**
   * Ends a challenge without a winner: nothing is paid, what was paid on the way is taken back.
   * Problems: `not-found`, `challenge-certified`, `challenge-cancelled`, `beyond-teams`.
   */
  async cancel(caller: Caller, id: string, reason: string): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const { challenge, status, row } = await this.challenges.find(tx, organisationId, id);
      if (status === 'certified') throw new ProblemError('challenge-certified');
      if (status === 'cancelled') throw new ProblemError('challenge-cancelled');
      await this.steering.need(tx, caller, row.definition);
      if (row.version !== null) {
        const standings = await this.scores.standings(tx, organisationId, challenge);
        const ids = standings.map(({ subjectId }) => subjectId);
        await this.payouts.takeBack(tx, turn, challenge, ids, signatureOf(caller));
      }
      await store.cancel(tx, organisationId, id, reason, this.clock.now());
      const what = { action: 'challenge.cancel', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what });
      await markChallenges(tx, turn);
      await this.signal.announce(tx, turn);
      await this.signal.send(tx, { kind: 'challenge', organisationId, challengeId: id });
    });
  }
}

const isMonthStart = (day: string) => day.endsWith('-01');

/** As many days, or as many months where it is made of whole ones. */
function sameLength({ from, to }: { from: string; to: string }, start: string): string {
  if (!isMonthStart(from) || !isMonthStart(to) || !isMonthStart(start)) {
    return addDays(start, daysBetween(from, to));
  }
  const month = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const end = month(start) + month(to) - month(from);
  const [year, number] = [Math.floor(end / 12), (end % 12) + 1];
  return `${year}-${String(number).padStart(2, '0')}-01`;
}

/** A draft with a change, in the words of the API. */
function changed(draft: object, change: ChallengeChange): ChallengeDefinitionInput {
  const named = z.encode(challengeChangeSchema, change);
  const parsed = challengeDefinitionSchema.safeParse({ ...draft, ...named });
  if (parsed.success) return z.encode(challengeDefinitionSchema, parsed.data);
  throw new ProblemError('invalid', undefined, bodyFaults(parsed.error.issues));
}
