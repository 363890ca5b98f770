import { Injectable } from '@nestjs/common';
import { reachOf } from '@palmares/shared/access/policy';
import type { Activity } from '@palmares/shared/activity/activity';
import { objectionTo, type Objection } from '@palmares/shared/activity/judge';
import { groupBy } from '@palmares/shared/people/people-index';
import type { Day } from '@palmares/shared/time/day';
import { lineOf } from '@palmares/shared/people/team';
import { answerableFor, type Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { ManagementService } from '../people/management.service.js';
import type { Tx } from '../platform/database.js';
import * as store from './judge.store.js';

/** Who decides about activities and reports: verdicts, revisions and disputes ask here. */
@Injectable()
export class JudgeService {
  constructor(private readonly managements: ManagementService) {}

  /**
   * Refuses who may not decide about an activity. Problems: `not-found` for who does not see it,
   * `own-activity`, `competes-with-them`, `not-your-team`, `decided-by-an-admin`.
   */
  async needJudge(
    tx: Tx,
    caller: Caller,
    activity: Activity,
    decidedByAdmin: boolean,
  ): Promise<void> {
    const objection = await this.objection(tx, caller, activity, decidedByAdmin);
    if (objection === 'unseen') throw new ProblemError('not-found');
    if (objection) throw new ProblemError(objection);
  }

  /** Problems: `not-found` for who does not see the activity. */
  async needSight(tx: Tx, caller: Caller, activity: Activity): Promise<void> {
    if (reachOf('revision.read', caller) === 'organisation') return;
    if (!(await this.sees(tx, caller, activity))) throw new ProblemError('not-found');
  }

  /**
   * Challenges that pay and are not certified in which a member competes, alone or in a
   * team that they have ever belonged to: nobody answers the report of a rival.
   */
  async contests(tx: Tx, organisationId: string, memberId: string): Promise<Set<string>> {
    const subjects = await this.subjects(tx, organisationId, [memberId]);
    const rows = await store.contests(tx, organisationId, [...(subjects.get(memberId) ?? [])]);
    return new Set(rows.map(({ challengeId }) => challengeId));
  }

  private async objection(
    tx: Tx,
    caller: Caller,
    activity: Activity,
    decidedByAdmin: boolean,
  ): Promise<Objection | undefined> {
    const { organisationId } = caller;
    const me = answerableFor(caller);
    const sharers = [...new Set(activity.shares.map(({ memberId }) => memberId))];
    const day = activity.occurredOn;
    const managed = await this.managed(tx, caller, day);
    return objectionTo({
      admin: reachOf('verdict.give', caller) === 'organisation',
      own: me !== null && sharers.includes(me),
      managed: sharers.filter((id) => managed.has(id)).length,
      sharers: sharers.length,
      decidedByAdmin,
      competes: me !== null && (await this.competes(tx, organisationId, me, sharers, day)),
    });
  }

  private async sees(tx: Tx, caller: Caller, activity: Activity): Promise<boolean> {
    const me = answerableFor(caller);
    const managed = await this.managed(tx, caller, activity.occurredOn);
    return activity.shares.some(({ memberId }) => memberId === me || managed.has(memberId));
  }

  private async managed(tx: Tx, caller: Caller, day: Day): Promise<ReadonlySet<string>> {
    if (caller.kind !== 'member' || reachOf('verdict.give', caller) === undefined) return new Set();
    return this.managements.judgedBy(tx, caller.organisationId, caller.memberId, day);
  }

  /** In a challenge whose window has the day, that pays, and of which nothing is settled yet. */
  private async competes(
    tx: Tx,
    organisationId: string,
    me: string,
    others: readonly string[],
    day: Day,
  ): Promise<boolean> {
    const subjects = await this.subjects(tx, organisationId, [me, ...others]);
    const all = [...new Set([...subjects.values()].flatMap((ids) => [...ids]))];
    const rows = await store.contests(tx, organisationId, all, day);
    const byChallenge = groupBy(rows, ({ challengeId }) => challengeId);
    const isIn = (who: string, list: readonly { subjectId: string }[]) =>
      list.some(({ subjectId }) => subjects.get(who)?.has(subjectId));
    return [...byChallenge.values()].some(
      (list) => isIn(me, list) && others.some((other) => isIn(other, list)),
    );
  }

  /**
   * What each may compete as: themselves, or any team that they have belonged to, with those above
   * it. Teams of other days count too: an award of a team is shared by the days in it.
   */
  private async subjects(
    tx: Tx,
    organisationId: string,
    memberIds: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const { teams, memberships } = await this.managements.teamsOf(tx, organisationId, memberIds);
    const own = groupBy(memberships, ({ memberId }) => memberId);
    return new Map(
      memberIds.map((id) => {
        const belonged = (own.get(id) ?? []).flatMap(({ teamId }) => lineOf(teams, teamId));
        return [id, new Set([id, ...belonged])];
      }),
    );
  }
}
