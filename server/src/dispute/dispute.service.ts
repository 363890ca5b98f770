import { Injectable } from '@nestjs/common';
import { reachOf } from '@palmares/shared/access/policy';
import { activityIdOf, activityIdSchema } from '@palmares/shared/activity/activity-id';
import type { Dispute, DisputeInput, Resolution } from '@palmares/shared/dispute/dispute';
import type { Notice } from '@palmares/shared/notification/notification';
import { v7 as uuid } from 'uuid';
import { ActivityService } from '../activity/activity.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { AddresseeService } from '../challenge/addressee.service.js';
import { JudgeService } from '../challenge/judge.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Notices } from '../live/notices.js';
import { ManagementService } from '../people/management.service.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import * as store from './dispute.store.js';
import type { DisputeRow, Identity, OpenDispute } from './dispute.store.js';

export type { OpenDispute } from './dispute.store.js';

export interface DisputeQuery {
  status?: Dispute['status'] | undefined;
  mine: boolean;
  challengeId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** What participants say is wrong or missing, and what their managers answer. */
@Injectable()
export class DisputeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly managements: ManagementService,
    private readonly activities: ActivityService,
    private readonly addressees: AddresseeService,
    private readonly judges: JudgeService,
    private readonly notices: Notices,
    private readonly audit: AuditService,
  ) {}

  /**
   * A participant reports an error of an activity of their own, or a sale that is missing; the same
   * while it is open is the same report. Problems: `not-found`, `not-a-participant`,
   * `challenge-certified`, `challenge-cancelled`.
   */
  async report(caller: MemberCaller, input: DisputeInput): Promise<Dispute> {
    const { organisationId, memberId } = caller;
    const id = await this.database.transaction(async (tx) => {
      const about = await this.addressees.challenge(tx, organisationId, input.challengeId);
      await this.addressees.need(tx, caller, input.challengeId);
      if (about.certified) throw new ProblemError('challenge-certified');
      if (about.cancelled) throw new ProblemError('challenge-cancelled');
      const identity = input.kind === 'wrong' ? identityOf(input.activityId) : null;
      const sharers = identity ? await this.sharers(tx, organisationId, identity) : [];
      if (identity && !sharers.includes(memberId)) throw new ProblemError('not-found');
      const kept = await store.open(tx, organisationId, {
        id: uuid(),
        reporterId: memberId,
        input,
        identity,
        concerned: [...new Set([memberId, ...sharers])],
        contentHash: digestId(JSON.stringify(input)),
        now: this.clock.now(),
      });
      if (kept.fresh) await this.announce(tx, caller, kept.id, input, about.name);
      return kept.id;
    });
    return this.view(caller, id);
  }

  /** Those that the caller may see, newest first. */
  async list(caller: Caller, { mine, ...filter }: DisputeQuery) {
    const { organisationId } = caller;
    const memberId = caller.kind === 'member' ? caller.memberId : null;
    return this.database.snapshot(async (tx) => {
      const managed = await this.managed(tx, caller);
      const contested = await this.contested(tx, caller);
      const seesAll = sees(caller);
      const rows = await store.list(tx, organisationId, {
        ...filter,
        limit: filter.limit + 1,
        reporterId: mine ? memberId : null,
        seenBy: seesAll || !memberId ? null : { memberId, reporterIds: [...managed] },
      });
      const items = rows
        .slice(0, filter.limit)
        .map((row) => viewOf(row, caller, { managed, contested }));
      return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
    });
  }

  /** Problems: `not-found`, also for one that does not concern the caller. */
  async view(caller: Caller, id: string): Promise<Dispute> {
    return this.database.snapshot(async (tx) => {
      const managed = await this.managed(tx, caller);
      const contested = await this.contested(tx, caller);
      return viewOf(await this.seen(tx, caller, id, managed), caller, { managed, contested });
    });
  }

  /**
   * Answers a report, once: answering the same again changes nothing. Problems: `not-found`,
   * `own-dispute` for who reported it or has a share in it, `competes-with-them`, `forbidden` for
   * who does not manage the reporter, `dispute-resolved`.
   */
  async resolve(caller: MemberCaller, id: string, resolution: Resolution): Promise<Dispute> {
    const { organisationId, memberId } = caller;
    await this.database.transaction(async (tx) => {
      const managed = await this.managed(tx, caller);
      const row = await this.seen(tx, caller, id, managed);
      if (row.concerned.includes(memberId)) throw new ProblemError('own-dispute');
      const contested = await this.contested(tx, caller);
      if (contested.has(row.challengeId)) throw new ProblemError('competes-with-them');
      if (!mayAnswer(row, caller, { managed, contested })) throw new ProblemError('forbidden');
      const now = this.clock.now();
      if (await store.resolve(tx, organisationId, id, resolution, memberId, now)) {
        return this.conclude(tx, caller, row, resolution);
      }
      const known = await store.find(tx, organisationId, id);
      const same = known?.status === resolution.outcome && known.answer === resolution.answer;
      if (!same || known.resolvedBy !== memberId) throw new ProblemError('dispute-resolved');
    });
    return this.view(caller, id);
  }

  /** What is still open in a challenge, the oldest first: whoever certifies should know. */
  async open(tx: Tx, organisationId: string, challengeId: string): Promise<OpenDispute[]> {
    return store.openOf(tx, organisationId, challengeId);
  }

  private async announce(
    tx: Tx,
    { organisationId, memberId }: MemberCaller,
    disputeId: string,
    { challengeId, kind }: DisputeInput,
    challengeName: string,
  ): Promise<void> {
    const subject = `dispute:${disputeId}`;
    const after = { challengeId, kind };
    await this.audit.write(tx, { organisationId, action: 'dispute.open', subject, after });
    const about = { kind: 'dispute.opened', challengeId, challengeName, disputeId } as const;
    const readers = await this.answerers(tx, organisationId, memberId);
    await this.tell(tx, organisationId, about, readers);
  }

  /** Everyone concerned is told: the reporter, who has a share in it, who manages the reporter. */
  private async conclude(
    tx: Tx,
    { organisationId, memberId }: MemberCaller,
    { id, challengeId, challengeName, reporterId, concerned }: DisputeRow,
    { outcome }: Resolution,
  ): Promise<void> {
    const managers = await this.managements.managersOf(tx, organisationId, reporterId);
    const standsIn = managers.some((one) => one.memberId === memberId && one.standIn);
    const stoodFor = managers.find((one) => !one.standIn);
    await this.audit.write(tx, {
      organisationId,
      action: 'dispute.resolve',
      subject: `dispute:${id}`,
      behalf: standsIn && stoodFor ? `member:${stoodFor.memberId}` : null,
      before: { status: 'open' },
      after: { status: outcome },
    });
    const about = { challengeId, challengeName, disputeId: id, outcome };
    const readers = [...concerned, ...(await this.answerers(tx, organisationId, reporterId))];
    await this.tell(
      tx,
      organisationId,
      { kind: 'dispute.resolved', ...about },
      readers.filter((one) => one !== memberId),
    );
  }

  private async tell(
    tx: Tx,
    organisationId: string,
    about: Extract<Notice, { disputeId: string }>,
    memberIds: readonly string[],
  ): Promise<void> {
    const key = `${about.kind}/${about.disputeId}`;
    await this.notices.send(tx, organisationId, { memberIds, key, about });
  }

  /** Who is asked for an answer: the managers nearest to a member, else the admins. */
  private async answerers(tx: Tx, organisationId: string, memberId: string): Promise<string[]> {
    const managers = await this.managements.managersOf(tx, organisationId, memberId);
    if (managers.length > 0) return managers.map((one) => one.memberId);
    const { members } = await this.people.everybody(tx, organisationId);
    const admins = [...members.values()].filter(({ roles }) => roles.includes('admin'));
    return admins.map(({ id }) => id).filter((id) => id !== memberId);
  }

  private async sharers(tx: Tx, organisationId: string, identity: Identity): Promise<string[]> {
    const stored = await this.activities.find(tx, { organisationId }, identity);
    return stored?.current.activity.shares.map(({ memberId }) => memberId) ?? [];
  }

  private async managed(tx: Tx, caller: Caller): Promise<ReadonlySet<string>> {
    const whose = reachOf('dispute.resolve', caller);
    if (caller.kind !== 'member' || whose !== 'managed') return new Set();
    return this.addressees.managed(tx, caller.organisationId, caller.memberId);
  }

  /** The challenges that pay in which the caller competes: they answer no report of a rival. */
  private async contested(tx: Tx, caller: Caller): Promise<ReadonlySet<string>> {
    if (caller.kind !== 'member') return new Set();
    const { organisationId, memberId } = caller;
    return this.judges.contests(tx, organisationId, memberId);
  }

  private async seen(
    tx: Tx,
    caller: Caller,
    id: string,
    managed: ReadonlySet<string>,
  ): Promise<DisputeRow> {
    const row = await store.find(tx, caller.organisationId, id);
    const own = caller.kind === 'member' && row?.concerned.includes(caller.memberId);
    if (!row || !(sees(caller) || own || managed.has(row.reporterId))) {
      throw new ProblemError('not-found');
    }
    return row;
  }
}

/** Problems: `not-found` for what is the id of nothing. */
function identityOf(activityId: string): Identity {
  const parsed = activityIdSchema.safeParse(activityId);
  if (!parsed.success) throw new ProblemError('not-found');
  return parsed.data;
}

const sees = (caller: Caller) => reachOf('dispute.read', caller) === 'organisation';

/** Whom the caller manages today, and the challenges that pay in which the caller competes. */
interface Answering {
  managed: ReadonlySet<string>;
  contested: ReadonlySet<string>;
}

/** A manager of the reporter, or an admin; nobody who has a share in it or gains by the answer. */
function mayAnswer(
  { reporterId, concerned, challengeId }: DisputeRow,
  caller: Caller,
  { managed, contested }: Answering,
): boolean {
  if (caller.kind !== 'member' || concerned.includes(caller.memberId)) return false;
  if (contested.has(challengeId)) return false;
  return reachOf('dispute.resolve', caller) === 'organisation' || managed.has(reporterId);
}

function viewOf(row: DisputeRow, caller: Caller, answering: Answering): Dispute {
  const { source, externalId, resolvedBy } = row;
  const resolver = resolvedBy ? { id: resolvedBy, name: row.resolverName ?? '' } : null;
  return {
    id: row.id,
    challenge: { id: row.challengeId, name: row.challengeName },
    kind: row.kind,
    activityId: source && externalId ? activityIdOf({ source, externalId }) : null,
    reporter: { id: row.reporterId, name: row.reporterName },
    text: row.text,
    expected: row.expected,
    status: row.status,
    answer: row.answer,
    resolvedBy: resolver,
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    mayResolve: row.status === 'open' && mayAnswer(row, caller, answering),
  };
}
