import { Injectable } from '@nestjs/common';
import { reachOf } from '@palmares/shared/access/policy';
import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { UNKNOWN, type Breakdown } from '@palmares/shared/kpi/breakdown';
import { needsHistory, ripensAfter, type Kpi } from '@palmares/shared/kpi/kpi';
import { narrow, type Filters } from '@palmares/shared/kpi/measure';
import { operandIn } from '@palmares/shared/kpi/operand';
import { figureOf, type Figure } from '@palmares/shared/kpi/result';
import { branchesOf } from '@palmares/shared/people/team';
import { addDays, type Day } from '@palmares/shared/time/day';
import type { Period } from '@palmares/shared/time/period';
import type { Caller, MemberCaller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import type { Tx } from '../platform/database.js';
import { Inquiry } from './inquiry.js';
import * as store from './result.store.js';
import type { ResultView, Seen, TeamRow } from './result.store.js';

/** What is asked of a KPI, and by whom. */
export interface Question {
  caller: Caller;
  /** The organisation's day; looked up where it is not said. */
  today?: Day;
  period: Period;
  by: Breakdown;
  filters: Filters;
  memberIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
}

/** Somebody or something that results are shown for. */
export interface Subject {
  id: string;
  label: string | null;
}

/** Results of every subject, and of all together, before they are ranked and written. */
export interface Figures<Extra = object> {
  subjects: (Subject & { figure: Figure } & Extra)[];
  total: Figure & Extra;
}

/** What one look at the database is about: who may be seen, and which subjects there are. */
export interface Sight {
  organisationId: string;
  today: Day;
  view: ResultView;
  teams: readonly TeamRow[];
  members: readonly { id: string; name: string; sells: boolean }[];
}

const nothing: Values = { count: 0, sum: 0 };

@Injectable()
export class ResultService {
  constructor(private readonly people: PeopleService) {}

  /** Problems: `forbidden` for teams that the caller does not manage. */
  async sight(tx: Tx, question: Question): Promise<Sight> {
    const { caller, period, by, memberIds, teamIds } = question;
    const { organisationId } = caller;
    const teams = await store.teams(tx, organisationId);
    const own = await this.ownSight(tx, caller, period, teams);
    if (by === 'team' && own && own.teamIds.length === 0) {
      throw new ProblemError('forbidden', 'Teams are shown to who manages them');
    }
    const wanted = teamIds && [...branchesOf(teams, teamIds)];
    const seen: Seen[] = [
      ...(own ? [own] : []),
      ...(memberIds ? [{ memberIds, teamIds: [] }] : []),
      ...(wanted ? [{ memberIds: [], teamIds: wanted }] : []),
    ];
    const visible = teams.filter(
      ({ id }) => (!own || own.teamIds.includes(id)) && (!wanted || wanted.includes(id)),
    );
    const branches = visible.flatMap(({ id }) =>
      [...branchesOf(teams, [id])].map((below) => ({ teamId: id, below })),
    );
    const isByMember = by === 'member';
    return {
      organisationId,
      today: question.today ?? (await this.people.today(organisationId, tx)),
      view: { by, seen, branches },
      teams: visible,
      members: isByMember ? await store.members(tx, organisationId, period, seen) : [],
    };
  }

  /** The teams that a member manages today, or stands in for, with those below. */
  async managedNow(
    tx: Tx,
    { organisationId, memberId }: Pick<MemberCaller, 'organisationId' | 'memberId'>,
  ): Promise<Set<string>> {
    const today = await this.people.today(organisationId, tx);
    const day = { from: today, to: addDays(today, 1) };
    const managed = await store.managed(tx, organisationId, memberId, day);
    return branchesOf(await store.teams(tx, organisationId), managed);
  }

  async teams(tx: Tx, organisationId: string): Promise<TeamRow[]> {
    return store.teams(tx, organisationId);
  }

  /** Nothing for whoever sees the whole organisation. */
  private async ownSight(
    tx: Tx,
    caller: Caller,
    period: Period,
    teams: readonly TeamRow[],
  ): Promise<Seen | undefined> {
    const whose = reachOf('figure.read', caller);
    if (caller.kind !== 'member' || whose === 'organisation') return undefined;
    const { organisationId, memberId } = caller;
    const managed =
      whose === 'managed' ? await store.managed(tx, organisationId, memberId, period) : [];
    return { memberIds: [memberId], teamIds: [...branchesOf(teams, managed)] };
  }

  /** What every subject has of the KPI in a period. */
  async figures(
    tx: Tx,
    kpi: Kpi,
    period: Period,
    filters: Filters,
    sight: Sight,
  ): Promise<Figures> {
    const read = await this.operands(tx, kpi, period, filters, sight);
    const early = needsHistory(kpi) && (await this.isFirst(tx, period, sight));
    const figureFor = (subject: string | null) =>
      figureOf(kpi, (name) => read.get(name)?.(subject) ?? nothing, early);
    const found = new Set([...read.values()].flatMap((operand) => operand.subjects));
    const subjects = subjectsOf(sight, found).map((subject) => {
      return { ...subject, figure: figureFor(subject.id) };
    });
    return { subjects, total: figureFor(null) };
  }

  /** True of a period before which there is no history. */
  private async isFirst(tx: Tx, { from }: Period, { organisationId }: Sight): Promise<boolean> {
    const first = await store.firstDay(tx, organisationId);
    return first === null || from <= first;
  }

  /** By name, what each subject (or, for null, everybody together) has of an operand. */
  private async operands(
    tx: Tx,
    kpi: Kpi,
    period: Period,
    filters: Filters,
    { organisationId, view }: Sight,
  ): Promise<Map<string, Found>> {
    const windowed = Object.entries(kpi.measures).map(([name, operand]) => {
      const { measure, window } = operandIn(operand, period);
      return { name, operand, one: { measure: narrow(measure, filters), window } };
    });
    const asked = new Inquiry(tx, organisationId, view);
    for (const { operand, one } of windowed) if (!operand.whole) asked.plan(one);
    const found = new Map<string, Found>();
    for (const { name, operand, one } of windowed) {
      const own = operand.whole ? undefined : await asked.of(one);
      const all = own?.total ?? (await asked.whole(one));
      const read = (subject: string | null) =>
        subject === null || !own ? all : (own.subjects.get(subject) ?? nothing);
      found.set(name, Object.assign(read, { subjects: [...(own?.subjects.keys() ?? [])] }));
    }
    return found;
  }

  /** False while something that entered in the period may still convert; null where nothing does. */
  mature(kpi: Kpi, period: Period, today: Day): boolean | null {
    const days = ripensAfter(kpi);
    return days === undefined ? null : addDays(period.to, days) <= today;
  }
}

type Found = ((subject: string | null) => Values) & { subjects: string[] };

/** Everybody of the period or every team, and otherwise whatever there is. */
function subjectsOf({ view, members, teams }: Sight, found: ReadonlySet<string>): Subject[] {
  if (view.by === 'team') return teams.map(({ id, name }) => ({ id, label: name }));
  if (view.by === 'member') {
    return members
      .filter(({ id, sells }) => sells || found.has(id))
      .map(({ id, name }) => ({ id, label: name }));
  }
  return [...found].map((id) => ({ id, label: id === UNKNOWN ? null : id }));
}
