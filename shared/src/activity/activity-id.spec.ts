import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textSchema } from '../quantity/text.js';
import { activityIdOf, activityIdSchema } from './activity-id.js';

const text = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength }),
      fc.string({ unit: fc.constantFrom('~', '%', '/', '#', '?', ' ', 'é'), minLength: 1 }),
      fc.constant('語'.repeat(maxLength)),
    )
    .filter((one) => textSchema(maxLength).safeParse(one).success);

describe('the id of an activity', () => {
  it('is one word of an address', () => {
    const id = activityIdOf({ source: 'crm', externalId: '1C1I7A6R#closed' });
    expect(id).toBe('crm~1C1I7A6R%23closed');
  });

  it('is read back as what it was made from, whatever that was', () => {
    fc.assert(
      fc.property(text(60), text(200), (source, externalId) => {
        const id = activityIdOf({ source, externalId });
        expect(id).toMatch(/^[^/?#\s]+$/);
        expect(activityIdSchema.parse(id)).toEqual({ source, externalId });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    '',
    'crm',
    '~',
    'crm~',
    '~1',
    'crm~1~2',
    'crm~%',
    'crm~%E0%A4',
    'crm~%00',
    'x'.repeat(61) + '~1',
  ])('%j is refused', (id) => {
    expect(activityIdSchema.safeParse(id).success).toBe(false);
  });
});
