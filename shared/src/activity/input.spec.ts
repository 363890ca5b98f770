import { describe, expect, it } from '@jest/globals';
import { activityInputSchema } from './input.js';

const member = '01890000-0000-7000-8000-000000000001';
const base = {
  source: 'crm',
  externalId: '1',
  type: 'deal.won',
  member: { id: member },
  occurredAt: '2026-03-01',
};

const line = { product: 'x', amount: '1' };
const share = { member: { id: member }, weight: '1' };

describe('a posted activity', () => {
  it.each([
    ['source', ''],
    ['externalId', 'x'.repeat(201)],
    ['externalId', 'a\0b'],
    ['customer', '\ud800'],
    ['version', -1],
    ['version', 1.5],
    ['version', '3'],
    ['version', '2026-03-01'],
    ['void', 'yes'],
    ['occurredAt', '2026-02-30'],
    ['occurredAt', '2026-03-01T10:00:00'],
    ['occurredAt', '1899-12-31'],
    ['occurredAt', '2200-01-01'],
    ['amount', '-1'],
    ['amount', '1e3'],
    ['amount', '1000000000.0001'],
    ['currency', 'eur'],
    ['quantity', 'many'],
    ['lines', []],
    ['lines', Array.from({ length: 201 }, () => line)],
    ['lines', [{ amount: '1' }]],
    ['lines', [{ ...line, cost: '-1' }]],
    ['lines', [{ ...line, discount: '1' }]],
    ['shares', []],
    ['shares', Array.from({ length: 21 }, () => share)],
    ['shares', [{ ...share, weight: '0' }]],
    ['shares', [{ ...share, weight: '1.0001' }]],
    ['shares', [{ ...share, weight: '0.00001' }]],
    ['shares', [{ weight: '1' }]],
    ['attributes', { '': 1 }],
    ['attributes', { a: [1] }],
    ['attributes', Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`a${i}`, i]))],
    ['member', { name: 'Zoé' }],
    ['member', { id: member, email: 'a@example.com' }],
    ['points', 1],
  ])('is refused for its %s %j', (field, value) => {
    expect(activityInputSchema.safeParse({ ...base, [field]: value }).success).toBe(false);
  });

  it('happened, unless it says that it did not', () => {
    expect(activityInputSchema.parse(base)).toMatchObject({ void: false });
    expect(activityInputSchema.parse({ ...base, void: true })).toMatchObject({ void: true });
  });
});
