import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentOf, identityOf, type Activity } from '../activity/activity.js';
import { catalogue } from '../kpi/catalogue/registry.js';
import { measureText, type Measure } from '../kpi/measure.js';
import { AMOUNT_MAX, SCALE } from '../quantity/scaled.js';
import { settle, type Arrival, type Current } from './settle.js';

const measures: Measure[] = [
  ...Object.values(catalogue.get('revenue')?.measures ?? {}),
  { aggregation: 'count', types: ['deal.won'], filters: { region: ['West'] } },
  { aggregation: 'sum-quantity', types: ['deal.won', 'visit.done'], filters: {} },
];
const kept = new Map(measures.map((measure) => [measureText(measure), measure]));
const [sales = ''] = kept.keys();

const activity = (more: Partial<Activity> = {}): Activity => ({
  source: 'crm',
  externalId: '1',
  item: null,
  type: 'deal.won',
  memberId: 'zoe',
  occurredAt: null,
  occurredOn: '2026-03-01',
  openedAt: null,
  openedOn: null,
  amount: 100 * SCALE,
  currency: null,
  quantity: null,
  product: null,
  customer: null,
  channel: null,
  campaign: null,
  site: null,
  region: null,
  segment: null,
  attributes: null,
  ...more,
});
const arrival = (more: Partial<Activity> = {}): Arrival => {
  const arrived = activity(more);
  return { activity: arrived, hash: contentOf(arrived) };
};

/** What a database would hold after some batches. */
class Book {
  readonly stored = new Map<string, Current>();
  private readonly days = new Map<string, number>();

  send(...arrivals: Arrival[]) {
    const settled = settle(arrivals, this.stored, kept);
    for (const { superseded, ...revision } of settled.appended) {
      if (!superseded) this.stored.set(identityOf(revision.activity), revision);
    }
    for (const [measure, members] of settled.changes) {
      for (const [member, days] of members) {
        for (const [day, { count, sum }] of days) {
          this.add(`${measure} ${member} ${day} count`, count);
          this.add(`${measure} ${member} ${day} sum`, sum);
        }
      }
    }
    return settled;
  }

  private add(key: string, value: number): void {
    this.days.set(key, (this.days.get(key) ?? 0) + value);
  }

  /** Everything that is not zero; a day that came back to nothing is like one never met. */
  get totals(): Record<string, number> {
    return Object.fromEntries([...this.days].filter(([, value]) => value !== 0));
  }
}

const anyContent: fc.Arbitrary<Partial<Activity>> = fc.record({
  type: fc.constantFrom('deal.won', 'sale.refunded', 'visit.done', 'deal.lost'),
  memberId: fc.constantFrom('zoe', 'ali', null),
  occurredOn: fc.constantFrom('2026-03-01', '2026-03-02', '2026-04-01'),
  amount: fc.option(fc.integer({ min: 0, max: AMOUNT_MAX })),
  quantity: fc.option(fc.integer({ min: 0, max: 50 * SCALE })),
  region: fc.constantFrom('West', 'East', null),
});
/** Distinct identities, in their first order. */
const anyArrivals = fc
  .array(anyContent, { maxLength: 30 })
  .map((list) => list.map((content, index) => arrival({ ...content, externalId: `${index}` })));

function inBatches(arrivals: readonly Arrival[], cuts: readonly number[]): Arrival[][] {
  const marks = [0, ...cuts.map((cut) => cut % (arrivals.length + 1)), arrivals.length].toSorted(
    (a, b) => a - b,
  );
  return marks.slice(1).map((mark, index) => arrivals.slice(marks[index], mark));
}

describe('settling a batch', () => {
  it('records what is new, with its totals', () => {
    const { outcomes, appended, superseded, changes } = settle([arrival()], new Map(), kept);
    expect(outcomes).toEqual(['recorded']);
    expect(appended).toMatchObject([{ revision: 1, superseded: false }]);
    expect(superseded).toEqual([]);
    const day = new Map([['2026-03-01', { count: SCALE, sum: 100 * SCALE }]]);
    expect(changes.get(sales)).toEqual(new Map([['zoe', day]]));
  });

  it('leaves alone what is known', () => {
    const book = new Book();
    book.send(arrival());
    const again = book.send(arrival());
    expect(again).toMatchObject({ outcomes: ['unchanged'], appended: [], superseded: [] });
    expect(again.changes.size).toBe(0);
  });

  it('moves the totals of what is revised to its new member and day', () => {
    const book = new Book();
    book.send(arrival());
    const moved = book.send(arrival({ memberId: 'ali', occurredOn: '2026-03-02', amount: 5 }));
    expect(moved).toMatchObject({
      outcomes: ['revised'],
      appended: [{ revision: 2 }],
      superseded: [{ revision: 1, activity: { memberId: 'zoe' } }],
    });
    const fresh = new Book();
    fresh.send(arrival({ memberId: 'ali', occurredOn: '2026-03-02', amount: 5 }));
    expect(book.totals).toEqual(fresh.totals);
  });

  it('takes the same identity twice in one batch in its order', () => {
    const book = new Book();
    const settled = book.send(arrival(), arrival({ amount: 7 }), arrival({ amount: 7 }));
    expect(settled.outcomes).toEqual(['recorded', 'revised', 'unchanged']);
    expect(settled.appended.map(({ revision, superseded }) => [revision, superseded])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(settled.superseded).toEqual([]);
    const fresh = new Book();
    fresh.send(arrival({ amount: 7 }));
    expect(book.totals).toEqual(fresh.totals);
  });

  it('refuses a total that could not be kept exactly', () => {
    const many = Array.from({ length: 901 }, (_, index) =>
      arrival({ externalId: `${index}`, amount: AMOUNT_MAX }),
    );
    expect(() => settle(many, new Map(), kept)).toThrow(RangeError);
  });
});

describe('whatever the activities', () => {
  it('any order and any batching gives the same totals', () => {
    const shuffled = anyArrivals.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.array(fc.nat(), { maxLength: 5 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, order, cuts]) => {
        const [one, other] = [new Book(), new Book()];
        one.send(...all);
        for (const batch of inBatches(order, cuts)) other.send(...batch);
        expect(other.totals).toEqual(one.totals);
      }),
    );
  });

  it('sending again changes nothing', () => {
    fc.assert(
      fc.property(anyArrivals, (all) => {
        const book = new Book();
        book.send(...all);
        const { totals } = book;
        expect(book.send(...all).outcomes.every((outcome) => outcome === 'unchanged')).toBe(true);
        expect(book.totals).toEqual(totals);
      }),
    );
  });

  it('revising and restoring ends where it began', () => {
    const revised = fc.tuple(anyArrivals, fc.array(anyContent, { maxLength: 30 }), fc.boolean());
    fc.assert(
      fc.property(revised, ([all, contents, together]) => {
        const book = new Book();
        book.send(...all);
        const { totals } = book;
        const changed = contents
          .slice(0, all.length)
          .map((content, index) => arrival({ ...content, externalId: `${index}` }));
        if (together) book.send(...changed, ...all);
        else for (const batch of [changed, all]) book.send(...batch);
        expect(book.totals).toEqual(totals);
      }),
    );
  });

  it('totals are those of the revisions that count', () => {
    const stream = fc.array(fc.tuple(anyContent, fc.integer({ min: 0, max: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 5 }), (steps, cuts) => {
        const arrivals = steps.map(([content, id]) => arrival({ ...content, externalId: `${id}` }));
        const [book, fresh] = [new Book(), new Book()];
        for (const batch of inBatches(arrivals, cuts)) book.send(...batch);
        fresh.send(
          ...[...book.stored.values()].map(({ activity: a, hash }) => ({ activity: a, hash })),
        );
        expect(book.totals).toEqual(fresh.totals);
      }),
    );
  });
});
