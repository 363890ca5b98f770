import { Injectable } from '@nestjs/common';
import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { Database } from '../platform/database.js';
import { readBy, seesDrafts, type ReadChallenge } from './challenge-view.js';
import { ChallengeService } from './challenge.service.js';
import { SteeringService } from './steering.service.js';

interface ListWanted {
  limit: number;
  cursor?: string | undefined;
  mine?: 'true' | undefined;
  status?: ChallengeStatus | undefined;
}

/** Challenges as a caller reads them. */
@Injectable()
export class ReadingService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly steering: SteeringService,
  ) {}

  /** Problems: `not-found`. */
  async one(caller: Caller, id: string): Promise<ReadChallenge> {
    const view = await this.challenges.view(caller.organisationId, id);
    if (view.version === null && !seesDrafts(caller)) throw new ProblemError('not-found');
    return readBy(caller, view, await this.maySteer(caller));
  }

  /** A page of challenges, newest first. */
  async list(caller: Caller, { mine, status, limit, cursor }: ListWanted) {
    const memberId = mine && caller.kind === 'member' ? caller.memberId : undefined;
    const { items, nextCursor } = await this.challenges.list(caller.organisationId, {
      limit,
      cursor,
      memberId,
      status: status && [status],
      drafts: seesDrafts(caller),
    });
    const maySteer = await this.maySteer(caller);
    return { items: items.map((view) => readBy(caller, view, maySteer)), nextCursor };
  }

  private maySteer(caller: Caller) {
    return this.database.snapshot((tx) => this.steering.sight(tx, caller));
  }
}
