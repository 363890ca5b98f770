import { Injectable } from '@nestjs/common';
import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { UNKNOWN, type Breakdown } from '@palmares/shared/kpi/breakdown';
import { needsHistory, ripensAfter, type Kpi, type Operand } from '@palmares/shared/kpi/kpi';
import { measureText, narrow, type Filters } from '@palmares/shared/kpi/measure';
import { operandIn, type Windowed } from '@palmares/shared/kpi/operand';
import { figureOf, type Figure } from '@palmares/shared/kpi/result';
import { branchesOf } from '@palmares/shared/people/team';
import { addDays, localDay, type Day } from '@palmares/shared/time/day';
import type { Period } from '@palmares/shared/time/period';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import * as store from './result.store.js';
import type { ResultView, Seen, TeamRow } from './result.store.js';

/** What is asked of a KPI, and by whom. */
export interface Question {
  caller: Caller;
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
  historyFrom: Day | null;
  view: ResultView;
  teams: readonly TeamRow[];
  members: readonly { id: string; name: string; sells: boolean }[];
}

const nothing: Values = { count: 0, sum: 0 };

@Injectable()
export class ResultService {
  constructor(
    private readonly people: PeopleService,
    private readonly clock: Clock,
  ) {}

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
      today: await this.today(tx, organisationId),
      historyFrom: await store.firstDay(tx, organisationId),
      view: { by, seen, branches },
      teams: visible,
      members: isByMember ? await store.members(tx, organisationId, period, seen) : [],
    };
  }

  async teams(tx: Tx, organisationId: string): Promise<TeamRow[]> {
    return store.teams(tx, organisationId);
  }

  /** The organisation's day. Problems: `not-found`. */
  async today(tx: Tx, organisationId: string): Promise<Day> {
    const { timeZone } = await this.people.organisation(organisationId, tx);
    return localDay(timeZone)(this.clock.now().getTime());
  }

  /** Nothing for whoever sees the whole organisation. */
  private async ownSight(
    tx: Tx,
    caller: Caller,
    period: Period,
    teams: readonly TeamRow[],
  ): Promise<Seen | undefined> {
    if (caller.kind !== 'member' || caller.roles.includes('admin')) return undefined;
    const { organisationId, memberId, roles } = caller;
    const managed = roles.includes('manager')
      ? await store.managed(tx, organisationId, memberId, period)
      : [];
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
    const { historyFrom } = sight;
    const early = needsHistory(kpi) && (historyFrom === null || period.from <= historyFrom);
    const figureFor = (subject: string | null) =>
      figureOf(kpi, (name) => read.get(name)?.(subject) ?? nothing, early);
    const found = new Set([...read.values()].flatMap((operand) => operand.subjects));
    const subjects = subjectsOf(sight, found).map((subject) => {
      return { ...subject, figure: figureFor(subject.id) };
    });
    return { subjects, total: figureFor(null) };
  }

  /** By name, what each subject (or, for null, everybody together) has of an operand. */
  private async operands(
    tx: Tx,
    kpi: Kpi,
    period: Period,
    filters: Filters,
    { organisationId, view }: Sight,
  ) {
    const asked = new Map<string, Promise<store.SubjectTotals>>();
    const ask = (windowed: Windowed, by: ResultView['by']) => {
      const key = `${by} ${measureText(windowed.measure)} ${windowed.window.from}`;
      const known = asked.get(key);
      if (known) return known;
      const fresh = store.totalsBy(tx, organisationId, windowed, { ...view, by });
      asked.set(key, fresh);
      return fresh;
    };
    const found = new Map<string, Found>();
    for (const [name, operand] of Object.entries(kpi.measures)) {
      const windowed = operandIn(leader(kpi, operand), period);
      windowed.measure = narrow(windowed.measure, filters);
      const { subjects, total } = operand.whole
        ? { subjects: new Map<string, Values>(), total: undefined }
        : await ask(windowed, view.by);
      const all = total ?? (await ask(windowed, 'all')).total ?? nothing;
      const counts = operand.aggregation === 'count';
      const value = ({ count, sum }: Values) => ({ count, sum: counts ? count : sum });
      const read = (subject: string | null) =>
        value(subject === null || operand.whole ? all : (subjects.get(subject) ?? nothing));
      found.set(name, Object.assign(read, { subjects: [...subjects.keys()] }));
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

/** A sum knows how many there are: whoever only counts the same ones asks it. */
function leader(kpi: Kpi, operand: Operand): Operand {
  if (operand.aggregation !== 'count') return operand;
  const same = Object.values(kpi.measures).find(
    (other) =>
      other.aggregation === 'sum' &&
      !other.priced &&
      other.at === operand.at &&
      JSON.stringify([other.types, other.filters]) ===
        JSON.stringify([operand.types, operand.filters]),
  );
  return same ?? operand;
}

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
