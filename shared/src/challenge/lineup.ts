import type { DayChanges, Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import type { Measure } from '../kpi/measure.js';
import {
  membersOf,
  type Membership,
  type MemberStretch,
  type People,
} from '../people/membership.js';
import { ALWAYS, commonOf, holds, type Stretch } from '../people/stretch.js';
import { addChecked } from '../quantity/scaled.js';
import { daysBetween, type Day } from '../time/day.js';
import type { DayTotals } from './have.js';

/** A period with an end. */
export interface Days {
  from: Day;
  to: Day;
}

/** Which days of which members make up each subject of a challenge. */
export interface Composition {
  readonly window: Days;
  /** The subjects that a day of a member counts for. */
  subjectsOf(memberId: string, day: Day): readonly string[];
  /** Whose days make up a subject, and which. */
  membersOf(subjectId: string): readonly MemberStretch[];
  /** The same text for as long as nothing changes of what a subject is made of. */
  textOf(subjectId: string): string;
}

/** Who makes up each team on the days of a window, observers left out. */
export class Lineup implements Composition {
  private readonly byMember = new Map<string, Membership[]>();
  /** With those of the teams below. */
  private readonly byTeam = new Map<string, Membership[]>();
  private readonly parents: ReadonlyMap<string, string | null>;
  private readonly lines = new Map<string, readonly string[]>();
  private readonly days = new Map<string, number>();

  constructor(
    private readonly people: People,
    readonly window: Days,
    observers: readonly string[],
  ) {
    this.parents = new Map(people.teams.map(({ id, parentId }) => [id, parentId]));
    const without = new Set(observers);
    for (const one of people.memberships) {
      if (without.has(one.memberId) || !commonOf(one, window)) continue;
      push(this.byMember, one.memberId, one);
      for (const team of this.line(one.teamId)) push(this.byTeam, team, one);
    }
  }

  /** A team with those above it, from itself up. */
  private line(teamId: string): readonly string[] {
    let line = this.lines.get(teamId);
    if (line) return line;
    const parent = this.parents.get(teamId) ?? null;
    line = parent === null ? [teamId] : [teamId, ...this.line(parent)];
    this.lines.set(teamId, line);
    return line;
  }

  /** The teams that a day of a member counts for: that of the day, and those above it. */
  subjectsOf(memberId: string, day: Day): readonly string[] {
    const found = this.byMember.get(memberId)?.find((one) => holds(one, day));
    return found ? this.line(found.teamId) : [];
  }

  /** All teams that a member is in on some day of the window, and those above. */
  allTeamsOf(memberId: string): string[] {
    const own = this.byMember.get(memberId) ?? [];
    return [...new Set(own.flatMap(({ teamId }) => this.line(teamId)))];
  }

  /** Who is in a team, or below it, on which days of the window. */
  membersOf(teamId: string): MemberStretch[] {
    const own = this.byTeam.get(teamId) ?? [];
    return membersOf(new Set(own.map((one) => one.teamId)), own, this.window);
  }

  /** The days that people are in a team, counted from when they come to the organisation. */
  personDays(teamId: string): number {
    let sum = this.days.get(teamId);
    if (sum !== undefined) return sum;
    sum = 0;
    for (const days of this.daysIn(teamId).values()) sum += days;
    this.days.set(teamId, sum);
    return sum;
  }

  /** Who was in a team, and for how many days of the window. */
  daysIn(teamId: string): Map<string, number> {
    const found = new Map<string, number>();
    for (const stretch of this.membersOf(teamId)) {
      const present = this.presentIn(stretch);
      if (!present?.to) continue;
      const days = daysBetween(present.from, present.to);
      found.set(stretch.memberId, (found.get(stretch.memberId) ?? 0) + days);
    }
    return found;
  }

  private presentIn({ memberId, from, to }: MemberStretch): Stretch | undefined {
    const member = this.people.members.get(memberId);
    return commonOf(
      { from, to },
      { from: member?.enteredOn ?? ALWAYS, to: member?.leftOn ?? null },
    );
  }

  /** The lowest teams: somebody is in them, and nobody in a team below. */
  lowest(): string[] {
    const own = [...this.byMember.values()].flat().map(({ teamId }) => teamId);
    const above = new Set(own.flatMap((id) => this.line(id).slice(1)));
    return [...new Set(own)].filter((id) => !above.has(id)).toSorted();
  }

  /** The lowest teams that are neither above nor below one of those who take part already. */
  newcomers(present: Iterable<string>): string[] {
    const taken = new Set(present);
    const over = new Set([...taken].flatMap((id) => this.line(id).slice(1)));
    return this.lowest().filter(
      (id) => !over.has(id) && !this.line(id).some((one) => taken.has(one)),
    );
  }

  /** The same text for as long as nothing changes of what a team is made of. */
  textOf(teamId: string): string {
    const members = this.membersOf(teamId).map((one) => `${one.memberId} ${one.from} ${one.to}`);
    return [this.personDays(teamId), ...members.toSorted()].join();
  }
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

/** True when the day of a subject is that of its members added up; else it is one of theirs. */
const isSum = ({ aggregation }: Measure): boolean => {
  const { combine } = aggregations[aggregation];
  return combine !== 'max' && combine !== 'min';
};

/** Puts a day of a member to the days of their subject. */
function gather(measure: Measure, days: Map<Day, Values>, day: Day, values: Values): void {
  if (values.count === 0 && values.sum === 0) return;
  const known = days.get(day);
  if (!known) days.set(day, { ...values });
  else {
    known.count = addChecked(known.count, values.count);
    const { combine } = aggregations[measure.aggregation];
    if (isSum(measure)) known.sum = addChecked(known.sum, values.sum);
    else known.sum = Math[combine === 'min' ? 'min' : 'max'](known.sum, values.sum);
  }
}

/**
 * The daily totals of a subject: those of its members on the days on which they belonged. A largest
 * (or smallest) single one is the largest of all.
 * @throws RangeError when a total leaves the safe range
 */
export function composedTotals(
  composition: Composition,
  subjectId: string,
  measures: ReadonlyMap<string, Measure>,
  totalsOf: (memberId: string, measure: string) => DayTotals | undefined,
): Map<string, Map<Day, Values>> {
  const found = new Map([...measures.keys()].map((text) => [text, new Map<Day, Values>()]));
  for (const stretch of composition.membersOf(subjectId)) {
    for (const [text, measure] of measures) {
      const days = found.get(text) ?? new Map<Day, Values>();
      for (const [day, values] of totalsOf(stretch.memberId, text) ?? []) {
        if (holds(stretch, day)) gather(measure, days, day, values);
      }
    }
  }
  return found;
}

/** What a settlement changes of subjects, instead of members. */
export interface ComposedChanges {
  changes: DayChanges;
  /** Subjects whose totals have to be put together anew: differences are no help to them. */
  stale: ReadonlySet<string>;
}

/** What the days of members gain, as gains of the subjects that these days count for. */
export function composedChanges(
  composition: Composition,
  measures: ReadonlyMap<string, Measure>,
  changes: DayChanges,
): ComposedChanges {
  const { window } = composition;
  const found: DayChanges = new Map();
  const stale = new Set<string>();
  for (const [text, measure] of measures) {
    const subjects = new Map<string, Map<Day, Values>>();
    for (const [memberId, days] of changes.get(text) ?? []) {
      for (const [day, { count, sum }] of days) {
        if (day < window.from || day >= window.to) continue;
        for (const subjectId of composition.subjectsOf(memberId, day)) {
          if (!isSum(measure)) stale.add(subjectId);
          const own = subjects.get(subjectId) ?? new Map<Day, Values>();
          const known = own.get(day) ?? { count: 0, sum: 0 };
          own.set(day, { count: known.count + count, sum: addChecked(known.sum, sum) });
          subjects.set(subjectId, own);
        }
      }
    }
    if (subjects.size > 0) found.set(text, subjects);
  }
  return { changes: found, stale };
}
