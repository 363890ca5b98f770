import fc from 'fast-check';
import { contentOf, identityOf, type Activity } from '../activity/activity.js';
import { compileChallenge, type CompiledChallenge } from '../challenge/compile.js';
import { scoresOf } from '../challenge/score.js';
import { challengeDefinitionSchema } from '../challenge/challenge.js';
import { someMembers } from '../activity/activity.arbitrary.js';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { typesOf, type Measure } from '../kpi/measure.js';
import { withoutNothing } from '../kpi/measure.arbitrary.js';
import type { Day } from '../time/day.js';
import { counted, decide, type Arrival, type Decision, type Stored } from './decide.js';
import { memberDayKey, settle, touchedKeys, type Touched } from './settle.js';

export const arrivalOf = (activity: Activity): Arrival => {
  return { activity, hash: contentOf(activity) };
};

/** What a database would hold after some batches. */
export class Book {
  readonly stored = new Map<string, Stored & { past: Set<string> }>();
  private readonly days = new Map<string, Map<string, Map<Day, Values>>>();

  /** @param kept the measures whose totals it keeps, by their text */
  constructor(private readonly kept: ReadonlyMap<string, Measure>) {}

  send(activities: readonly Activity[]): Decision {
    const decision = decide(activities.map(arrivalOf), this.stored);
    this.settle(decision);
    this.keep(decision);
    return decision;
  }

  /** A person's verdict on what is stored. */
  judge(identity: string, withheld: boolean): void {
    const stored = this.stored.get(identity);
    if (!stored) return;
    const { activity } = stored.current;
    const [before, after] = [counted(activity, stored.withheld), counted(activity, withheld)];
    this.settle({ outcomes: [], appended: [], ended: [], transitions: [{ before, after }] });
    stored.withheld = withheld;
  }

  private keep({ appended }: Decision): void {
    for (const { activity, hash, revision, superseded } of appended) {
      const identity = identityOf(activity);
      const known = this.stored.get(identity);
      const past = (known?.past ?? new Set()).add(hash);
      const withheld = known?.withheld ?? false;
      const current = known && superseded ? known.current : { activity, hash, revision };
      this.stored.set(identity, { current, withheld, lastRevision: revision, past });
    }
  }

  private settle({ transitions }: Decision): void {
    const own = new Set(
      transitions.flatMap(({ before, after }) =>
        [before, after].map((one) => one && identityOf(one)),
      ),
    );
    const others = this.counting.filter((activity) => !own.has(identityOf(activity)));
    const touched = touchedKeys(transitions, this.kept);
    const changes = settle(transitions, this.kept, (text, key) =>
      others.filter((activity) => shares(touched.get(text), key, activity)),
    );
    for (const [text, members] of changes) {
      for (const [member, days] of members) {
        for (const [day, values] of days) this.add(text, member, day, values);
      }
    }
  }

  private add(text: string, member: string, day: Day, { count, sum }: Values): void {
    const members = this.days.get(text) ?? new Map<string, Map<Day, Values>>();
    const days = members.get(member) ?? new Map<Day, Values>();
    const before = days.get(day) ?? { count: 0, sum: 0 };
    days.set(day, { count: before.count + count, sum: before.sum + sum });
    this.days.set(text, members.set(member, days));
  }

  /** What counts at present. */
  get counting(): Activity[] {
    return [...this.stored.values()].flatMap(
      ({ current, withheld }) => counted(current.activity, withheld) ?? [],
    );
  }

  /** Everything that is not nothing; a day that came back to nothing is like one never met. */
  totals(text: string): Record<string, Values> {
    const found: Record<string, Values> = {};
    for (const [member, days] of this.days.get(text) ?? []) {
      for (const [day, values] of days) found[`${member} ${day}`] = values;
    }
    return withoutNothing(found);
  }

  scores(challenge: CompiledChallenge) {
    const facts = someMembers.map(
      (id) => [id, { totalsOf: (text: string) => this.days.get(text)?.get(id) }] as const,
    );
    return [...scoresOf(challenge, new Map(facts))];
  }
}

/** Whether an activity has a key that was asked for; asking for one not touched is a mistake. */
function shares(touched: Touched | undefined, key: string, activity: Activity): boolean {
  if (!touched?.keys.has(key)) throw new Error(`${key} was not touched`);
  if (!typesOf(touched.measure).includes(activity.type)) return false;
  if (touched.key !== 'member-day') return activity[touched.key] === key;
  return activity.shares.some(({ memberId }) => memberDayKey(memberId, activity) === key);
}

/** Rules over every kind of measure that a rule can read. */
export const sprint = compileChallenge(
  challengeDefinitionSchema.parse({
    name: 'Sprint',
    from: '2026-03-01',
    to: '2026-04-01',
    rules: [
      { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' },
      {
        type: 'per-unit',
        kpi: 'revenue',
        score: '2',
        per: '3',
        filters: { product: ['A'] },
        units: 'each',
      },
      { type: 'per-unit', kpi: 'sales-count', score: '5', per: '1', filters: { region: ['West'] } },
      { type: 'per-unit', kpi: 'new-customers', score: '7', per: '1' },
      { type: 'per-unit', kpi: 'active-customers', score: '11', per: '1' },
      { type: 'milestone', kpi: 'sales-count', thresholds: [{ at: '2', score: '9' }] },
      { type: 'rank-bonus', kpi: 'average-sale', scores: ['40', '20'] },
      { type: 'first-to', kpi: 'revenue', threshold: '5', scores: ['15'] },
      { type: 'best-single', kpi: 'revenue', scores: ['8'] },
      { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.5', rules: [0, 6] },
    ],
  }),
);

/** The same list, cut at any places. */
export function inBatches<Item>(items: readonly Item[], cuts: readonly number[]): Item[][] {
  const inner = cuts.map((cut) => cut % (items.length + 1));
  const marks = [0, ...inner, items.length].toSorted((a, b) => a - b);
  return marks.slice(1).map((mark, index) => items.slice(marks[index], mark));
}

export const anyCuts = fc.array(fc.nat({ max: 30 }), { maxLength: 4 });

/** A list in two orders. */
export const inTwoOrders = <Item>(list: fc.Arbitrary<Item[]>): fc.Arbitrary<[Item[], Item[]]> =>
  list.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
