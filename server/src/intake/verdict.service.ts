import { Injectable } from '@nestjs/common';
import { counted, type Stored, type Transition } from '@palmares/shared/intake/decide';
import { reachOf } from '@palmares/shared/access/policy';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import { withholds, type Verdict } from '@palmares/shared/activity/verdict';
import { AuditService } from '../audit/audit.service.js';
import { ActivityService } from '../activity/activity.service.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { JudgeService } from '../challenge/judge.service.js';
import { ProblemError, tooLarge } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { SettlementService } from './settlement.service.js';

export interface GivenVerdict {
  verdict: Verdict;
  reason: string | null;
  givenBy: string;
  /** Given as an admin: a manager does not overrule it. */
  byAdmin?: boolean;
}

interface Identity {
  source: string;
  externalId: string;
}

/** People's decisions about activities, which no later revision undoes. */
@Injectable()
export class VerdictService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly activities: ActivityService,
    private readonly settlement: SettlementService,
    private readonly audit: AuditService,
    private readonly judges: JudgeService,
  ) {}

  /** A verdict of a caller who may give it. Problems: as `give` and `JudgeService.needJudge`. */
  async judge(
    caller: Caller,
    identity: Identity,
    verdict: Verdict,
    reason: string | null,
  ): Promise<void> {
    const byAdmin = reachOf('verdict.give', caller) === 'organisation';
    const given = { verdict, reason, givenBy: signatureOf(caller), byAdmin };
    const { organisationId } = caller;
    await this.give(organisationId, identity, given, async (tx, { current }) => {
      const held = await this.activities.isHeldByAdmin(tx, organisationId, identity);
      await this.judges.needJudge(tx, caller, current.activity, held);
    });
  }

  /** All that a source said of an activity. Problems: `not-found`, for who does not see it too. */
  async revisions(caller: Caller, identity: Identity) {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const stored = await this.activities.find(tx, { organisationId }, identity);
      if (!stored) throw new ProblemError('not-found');
      await this.judges.needSight(tx, caller, stored.current.activity);
      return this.activities.revisions(tx, organisationId, identity);
    });
  }

  /** Gives a verdict and lets scores follow. Problems: `not-found`, `total-too-large`. */
  async give(
    organisationId: string,
    identity: Identity,
    given: GivenVerdict,
    look?: (tx: Tx, stored: Stored) => Promise<void>,
  ): Promise<void> {
    const now = this.clock.now();
    const work = this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const stored = await this.activities.find(tx, turn, identity);
      if (!stored) throw new ProblemError('not-found');
      await look?.(tx, stored);
      await this.activities.judge(tx, turn, identity, given, now);
      const subject = `activity:${activityIdOf(identity)}`;
      const after = { verdict: given.verdict };
      await this.audit.write(tx, { organisationId, action: 'verdict.give', subject, after });
      const withheld = withholds(given.verdict);
      if (withheld === stored.withheld) return;
      // It still says what its import says, and goes when that is undone.
      const importId = await this.activities.importOf(tx, turn, identity);
      await this.settlement.apply(tx, turn, judged(stored, withheld), { now, importId });
    });
    await work.catch(tooLarge);
  }
}

/** The same content as a new revision that counts, or does not. */
function judged(stored: Stored, withheld: boolean) {
  const { activity, hash, revision } = stored.current;
  const { source, externalId } = activity;
  const transition: Transition = {
    before: counted(activity, stored.withheld),
    after: counted(activity, withheld),
  };
  const next = { activity, hash, revision: stored.lastRevision + 1, superseded: false, withheld };
  return {
    outcomes: [],
    appended: [next],
    ended: [{ source, externalId, revision }],
    transitions: [transition],
  };
}
