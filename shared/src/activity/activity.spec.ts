import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCALE } from '../quantity/scaled.js';
import { lineOf, plainActivity as activity, sharesOf } from './activity.arbitrary.js';
import { compareOccurrence, compareText, contentOf, identityOf } from './activity.js';

describe('the content of an activity', () => {
  it('has one text, whatever name the source gave it', () => {
    const other = activity({ source: 'erp', externalId: '2' });
    expect(contentOf(other)).toBe(contentOf(activity()));
  });

  it.each([
    { version: 1 },
    { version: 0 },
    { void: true },
    { type: 'deal.lost' },
    { shares: [] },
    { shares: sharesOf({ ali: SCALE }) },
    { shares: sharesOf({ zoe: 5000, ali: 5000 }) },
    { shares: sharesOf({ ali: 5000, zoe: 5000 }) },
    { occurredOn: '2026-03-02' },
    { occurredAt: '2026-03-01T00:00:00.000Z' },
    { openedOn: '2026-03-01' },
    { amount: null },
    { amount: 0 },
    { quantity: 100 * SCALE },
    { currency: 'EUR' },
    { lines: [lineOf('x')] },
    { lines: [lineOf('x', { quantity: 1 })] },
    { lines: [lineOf('x', { amount: 1 })] },
    { lines: [lineOf('x', { cost: 1 })] },
    { item: 'x' },
    { customer: 'x' },
    { channel: 'x' },
    { campaign: 'x' },
    { site: 'x' },
    { region: 'x' },
    { segment: 'x' },
    { attributes: { x: 1 } },
    { attributes: { x: '1' } },
  ])('changes with %j, unlike with anything else', (change) => {
    expect(contentOf(activity(change))).not.toBe(contentOf(activity()));
  });

  it('leaves out the local day of an instant, which the first send has fixed', () => {
    const occurredAt = '2026-03-01T23:30:00.000Z';
    const moved = activity({ occurredAt, occurredOn: '2026-03-02' });
    expect(contentOf(moved)).toBe(contentOf(activity({ occurredAt })));
  });
});

describe('the name of an activity', () => {
  it.each([
    [
      ['a', 'b'],
      ['ab', ''],
    ],
    [
      ['a\nb', 'c'],
      ['a', 'b\nc'],
    ],
    [
      ['a b', 'c'],
      ['a', 'b c'],
    ],
  ])('%j is not %j', (one, other) => {
    const [first, second] = [one, other].map(([source = '', externalId = '']) =>
      identityOf({ source, externalId }),
    );
    expect(first).not.toBe(second);
  });
});

describe('business order', () => {
  const sorted = [
    activity({ occurredOn: '2026-02-28', occurredAt: '2026-02-28T23:00:00.000Z' }),
    activity(),
    activity({ externalId: '2' }),
    activity({ source: 'erp', externalId: '1' }),
    activity({ occurredAt: '2026-03-01T09:00:00.000Z' }),
    activity({ occurredAt: '2026-03-01T17:00:00.000Z', source: 'a', externalId: '0' }),
    activity({ occurredOn: '2026-03-02' }),
  ];

  it('is by day, then days without an instant, then instants, then names', () => {
    expect(sorted.toReversed().toSorted(compareOccurrence)).toEqual(sorted);
  });

  it('leaves nothing undecided but the same activity', () => {
    for (const [at, one] of sorted.entries()) {
      for (const [place, other] of sorted.entries()) {
        expect(Math.sign(compareOccurrence(one, other))).toBe(Math.sign(at - place));
      }
    }
  });

  it('compares texts by code points, as UTF-8 in a database is compared', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 6 });
    const near = fc.string({ unit: fc.constantFrom('a', '\uD7FF', '\uFF5E', '😀', '😁') });
    fc.assert(
      fc.property(fc.oneof(anyText, near), fc.oneof(anyText, near), (a, b) => {
        const points = (text: string) => Array.from(text, (one) => one.codePointAt(0) ?? 0);
        const [x, y] = [points(a), points(b)];
        const at = x.findIndex((point, index) => point !== y[index]);
        const expected = at === -1 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(expected));
      }),
      { numRuns: 10_000 },
    );
  });
});
