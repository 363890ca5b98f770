import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyActivities, anyContent, withContent } from '../activity/activity.arbitrary.js';
import { identityOf, type Activity } from '../activity/activity.js';
import { anyMeasureOf, plainTotals } from '../kpi/measure.arbitrary.js';
import { aggregationNames, measureText, type Measure } from '../kpi/measure.js';
import { anyCuts, Book, inBatches, inTwoOrders, sprint } from './book.arbitrary.js';

const RUNS = 10_000;
/** For each of the aggregations, of which there are more than a dozen. */
const RUNS_EACH = 2_500;
const check = <Values extends [unknown, ...unknown[]]>(
  property: fc.IPropertyWithHooks<Values>,
  numRuns = RUNS,
) => fc.assert(property, { numRuns });

const read = sprint.measures;

/** Everything that may be seen of a book through the measures of a challenge. */
const seen = (book: Book) => [
  [...read.keys()].map((text) => book.totals(text)),
  book.scores(sprint),
];

/** Jest's own comparison, but only for its words: it takes longer than all the rest. */
function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected);
}

/** Versioned revisions of a few activities, none of the same version of the same one. */
const anyRevisions = fc
  .array(fc.tuple(fc.nat({ max: 3 }), anyContent), { maxLength: 10 })
  .map((list) => list.map(([id, content], index) => withContent(`${id}`, content, index + 1)));

describe('law 2, order: whatever the order and the batches,', () => {
  it.each([
    ['activities of distinct names', anyActivities(10)],
    ['revisions of distinct versions', anyRevisions],
  ])('%s give the same totals and scores', (_, activities) => {
    check(
      fc.property(inTwoOrders(activities), anyCuts, ([all, other], cuts) => {
        const [once, often] = [new Book(read), new Book(read)];
        once.send(all);
        for (const batch of inBatches(other, cuts)) often.send(batch);
        same(seen(often), seen(once));
      }),
    );
  });
});

describe('law 3, idempotence: sending again', () => {
  it('changes nothing', () => {
    const versions = fc.array(fc.constantFrom(null, 1, 2), { maxLength: 10 });
    check(
      fc.property(anyActivities(8), versions, anyCuts, (all, numbers, cuts) => {
        const sent = all.map((one, index): Activity => {
          return { ...one, externalId: `${index % 5}${one.type}`, version: numbers[index] ?? null };
        });
        const book = new Book(read);
        // Without versions the last to arrive wins, so that only the last of a name is sent again.
        const last = [...new Map(sent.map((one) => [identityOf(one), one])).values()];
        for (const batch of inBatches(sent, cuts)) book.send(batch);
        book.send(last);
        const before = seen(book);
        const again = book.send(last);
        same(
          again.outcomes.filter((one) => one !== 'unchanged' && one !== 'stale'),
          [],
        );
        same([again.appended, again.ended, again.transitions], [[], [], []]);
        same(seen(book), before);
      }),
    );
  });
});

describe('law 4, convergence: whoever goes there and back', () => {
  it('by revisions ends where it began', () => {
    const contents = fc.array(anyContent, { maxLength: 8 });
    check(
      fc.property(anyActivities(8), contents, fc.boolean(), (all, others, together) => {
        const book = new Book(read);
        book.send(all);
        const before = seen(book);
        const there = others.slice(0, all.length).map((one, at) => withContent(`${at}`, one));
        for (const batch of together ? [[...there, ...all]] : [there, all]) book.send(batch);
        same(seen(book), before);
      }),
    );
  });

  it('by voiding and restoring, or by verdicts, ends where it began', () => {
    const which = fc.array(fc.nat({ max: 7 }), { maxLength: 5 });
    check(
      fc.property(anyActivities(8), which, fc.boolean(), (all, places, byVerdict) => {
        const book = new Book(read);
        book.send(all);
        const before = seen(book);
        const some = places.flatMap((place) => all[place] ?? []);
        if (byVerdict) {
          for (const one of some) book.judge(identityOf(one), true);
          for (const one of some) book.judge(identityOf(one), false);
        } else {
          book.send(some.map((one) => ({ ...one, void: true })));
          book.send(some);
        }
        same(seen(book), before);
      }),
    );
  });
});

describe('law 1, replay: totals that grew by batches are those of everything at once, for', () => {
  /** Revisions in any order, with or without versions, some of which a verdict withholds. */
  const steps = fc.array(
    fc.tuple(
      fc.nat({ max: 5 }),
      anyContent,
      fc.constantFrom(null, null, 1, 2, 3),
      fc.nat({ max: 9 }),
    ),
    { maxLength: 12 },
  );

  it.each(aggregationNames)('%s', (name) => {
    check(
      fc.property(anyMeasureOf(name), steps, anyCuts, (measure: Measure, list, cuts) => {
        const text = measureText(measure);
        const book = new Book(new Map([[text, measure]]));
        for (const batch of inBatches(list, cuts)) {
          book.send(batch.map(([id, content, version]) => withContent(`${id}`, content, version)));
          for (const [id, , , verdict] of batch) {
            if (verdict < 2)
              book.judge(identityOf({ source: 'crm', externalId: `${id}` }), !verdict);
          }
        }
        same(book.totals(text), plainTotals(measure, book.counting));
      }),
      RUNS_EACH,
    );
  });
});
