import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Schedule } from '../platform/schedule.js';
import type { CommandKey } from './command-key.js';
import * as store from './command-answers.store.js';
import { ProblemError } from './problem-error.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** How long a command may be sent again. */
const KEPT_MS = 30 * DAY_MS;

/** Carries out commands with an Idempotency-Key once, and keeps what they were answered. */
@Injectable()
export class CommandAnswers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(HOUR_MS, 'forget the answers of old commands', (now) => this.forget(now));
  }

  /**
   * The answer of a command, carried out in this transaction unless it was before. To be called
   * first of all in it: whoever sends the same at the same moment waits here, holding nothing.
   * The answer has to survive JSON. Problems: `idempotency-key-reused`.
   */
  async once<Answer extends object>(
    tx: Tx,
    organisationId: string,
    caller: string,
    { key, requestHash }: CommandKey,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const name = [organisationId, caller, key] as const;
    if (await store.begin(tx, name, requestHash, this.clock.now())) {
      const answer = await work();
      await store.keep(tx, name, answer);
      return answer;
    }
    const known = await store.find(tx, name);
    if (!known || known.requestHash !== requestHash) {
      throw new ProblemError('idempotency-key-reused');
    }
    return known.answer as Answer;
  }

  private async forget(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_MS);
    await this.database.transaction((tx) => store.forget(tx, before));
  }
}
