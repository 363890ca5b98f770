import { describe, expect, it } from '@jest/globals';
import { plainActivity } from '../activity/activity.arbitrary.js';
import { identityOf, type Activity } from '../activity/activity.js';
import { arrivalOf, Book } from './book.arbitrary.js';
import { counted, decide, isStale, type Stored } from './decide.js';

const sale = (amount: number, version: number | null = null, more: Partial<Activity> = {}) =>
  plainActivity({ amount, version, ...more });

/** What a book knows after these, each in a batch of its own. */
function after(...activities: Activity[]): Book {
  const book = new Book(new Map());
  for (const activity of activities) book.send([activity]);
  return book;
}
const current = (book: Book, id = '1') =>
  book.stored.get(identityOf({ source: 'crm', externalId: id }))?.current;

describe('an arrival', () => {
  it('that nobody knows is recorded', () => {
    const { outcomes, appended, ended, transitions } = after().send([sale(1)]);
    expect(outcomes).toEqual(['recorded']);
    expect(appended).toMatchObject([{ revision: 1, superseded: false, withheld: false }]);
    expect(ended).toEqual([]);
    expect(transitions).toEqual([{ before: null, after: sale(1) }]);
  });

  it('of another content revises what is known', () => {
    const { outcomes, appended, ended, transitions } = after(sale(1)).send([sale(2)]);
    expect(outcomes).toEqual(['revised']);
    expect(appended).toMatchObject([{ revision: 2, superseded: false }]);
    expect(ended).toEqual([{ source: 'crm', externalId: '1', revision: 1 }]);
    expect(transitions).toEqual([{ before: sale(1), after: sale(2) }]);
  });

  it('of the same content changes nothing', () => {
    const decision = after(sale(1)).send([sale(1)]);
    const nothing = { appended: [], ended: [], transitions: [] };
    expect(decision).toEqual({ outcomes: ['unchanged'], ...nothing });
  });

  it.each([
    ['lower', 5, 4, 'stale'],
    ['equal', 5, 5, 'revised'],
    ['higher', 5, 6, 'revised'],
    ['unknown', 5, null, 'revised'],
    ['the first to be known', null, 1, 'revised'],
  ] as const)('whose version is %s (%j, then %j) is %s', (_, was, is, outcome) => {
    expect(after(sale(1, was)).send([sale(2, is)]).outcomes).toEqual([outcome]);
  });

  it('of a higher version revises, even with the same content', () => {
    const book = after(sale(1, 1));
    expect(book.send([sale(1, 9)]).outcomes).toEqual(['revised']);
    expect(book.send([sale(2, 5)]).outcomes).toEqual(['stale']);
  });

  it('may be of another type and another day', () => {
    const moved = sale(1, null, { type: 'deal.lost', occurredOn: '2026-04-01' });
    const book = after(sale(1));
    expect(book.send([moved]).transitions).toEqual([{ before: sale(1), after: moved }]);
  });

  it('of another source is another activity', () => {
    expect(after(sale(1)).send([sale(2, null, { source: 'erp' })]).outcomes).toEqual(['recorded']);
  });
});

describe('what is stale', () => {
  it('is kept, and counts for nothing', () => {
    const book = after(sale(2, 5));
    const { appended, ended, transitions } = book.send([sale(1, 4)]);
    expect(appended).toMatchObject([{ revision: 2, superseded: true }]);
    expect([ended, transitions]).toEqual([[], []]);
    expect(current(book)).toMatchObject({ revision: 1, activity: { amount: 2 } });
  });

  it('is kept once, however often it is sent', () => {
    const book = after(sale(2, 5), sale(1, 4));
    for (const batch of [[sale(1, 4)], [sale(1, 4), sale(1, 4)]]) {
      const { outcomes, appended } = book.send(batch);
      expect(outcomes).toEqual(batch.map(() => 'stale'));
      expect(appended).toEqual([]);
    }
    expect(after(sale(2, 5)).send([sale(1, 4), sale(1, 4)]).appended).toHaveLength(1);
  });

  it('takes a number, which the next revision does not take again', () => {
    const { appended, ended } = after(sale(2, 5), sale(1, 4)).send([sale(3, 6)]);
    expect(appended).toMatchObject([{ revision: 3 }]);
    expect(ended).toMatchObject([{ revision: 1 }]);
  });

  it.each([
    [1, 2, true],
    [2, 2, false],
    [null, 2, false],
    [1, null, false],
  ])('has a version (%j) below the known one (%j): %j', (version, known, stale) => {
    expect(isStale(sale(1, version), sale(1, known))).toBe(stale);
  });
});

describe('the same identity several times in a batch', () => {
  it('is taken in order', () => {
    const { outcomes, appended, ended, transitions } = after(sale(1)).send([
      sale(2),
      sale(3),
      sale(3),
    ]);
    expect(outcomes).toEqual(['revised', 'revised', 'unchanged']);
    expect(appended.map(({ revision, superseded }) => [revision, superseded])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(ended).toEqual([{ source: 'crm', externalId: '1', revision: 1 }]);
    expect(transitions).toEqual([{ before: sale(1), after: sale(3) }]);
  });

  it('is taken by its versions, where it has them', () => {
    const { outcomes, transitions } = after().send([sale(2, 2), sale(1, 1), sale(3, 3)]);
    expect(outcomes).toEqual(['recorded', 'stale', 'revised']);
    expect(transitions).toEqual([{ before: null, after: sale(3, 3) }]);
  });

  it('may go and come back', () => {
    const book = after(sale(1));
    const { outcomes, transitions } = book.send([sale(2), sale(1)]);
    expect(outcomes).toEqual(['revised', 'revised']);
    expect(transitions).toEqual([{ before: sale(1), after: sale(1) }]);
    expect(current(book)?.revision).toBe(3);
  });
});

describe('what counts', () => {
  const gone = sale(1, null, { void: true });

  it('is nothing of what did not happen', () => {
    expect(counted(gone, false)).toBeNull();
    expect(after(sale(1)).send([gone]).transitions).toEqual([{ before: sale(1), after: null }]);
    expect(after(gone).send([sale(1)]).transitions).toEqual([{ before: null, after: sale(1) }]);
  });

  it('is recorded of what never happened, too', () => {
    const { outcomes, appended } = after().send([gone]);
    expect([outcomes, appended.length]).toEqual([['recorded'], 1]);
  });

  it('is nothing of what a verdict withholds, whatever its source says afterwards', () => {
    expect(counted(sale(1), true)).toBeNull();
    const stored: Stored = {
      current: { ...arrivalOf(sale(1)), revision: 1 },
      withheld: true,
      lastRevision: 1,
    };
    const decision = decide([arrivalOf(sale(2))], new Map([[identityOf(sale(1)), stored]]));
    expect(decision.appended).toMatchObject([{ revision: 2, withheld: true }]);
    expect(decision.transitions).toEqual([{ before: null, after: null }]);
  });
});
