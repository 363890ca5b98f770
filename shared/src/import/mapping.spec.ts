import { describe, expect, it } from '@jest/globals';
import { columnsOf, mappingSchema } from './mapping.js';

const faults = (mapping: object) =>
  mappingSchema.safeParse(mapping).error?.issues.map(({ path }) => path.join('/'));

describe('a mapping', () => {
  it('names every column that it reads', () => {
    const mapping = mappingSchema.parse({
      kind: 'activities',
      columns: { amount: 'value', product: 'product' },
      constants: { externalId: '{id}#closed' },
      values: { product: { GTXPro: 'GTX Pro' }, series: {} },
      skip: [{ column: 'stage', isNot: ['Won'] }],
      several: [{ columns: { occurredAt: 'closed' }, skip: [{ column: 'lost', is: [''] }] }],
    });
    expect(columnsOf(mapping).toSorted()).toEqual(
      ['closed', 'id', 'lost', 'product', 'series', 'stage', 'value'].toSorted(),
    );
  });

  it('refuses a field that has both a column and a constant', () => {
    const both = { kind: 'members', columns: { name: 'a' }, constants: { name: 'b' } };
    expect(faults(both)).toEqual(['constants/name']);
  });

  it('refuses a field that there is not, wherever it stands', () => {
    expect(faults({ kind: 'members', columns: { amount: 'a' } })).toEqual(['columns/amount']);
    const several = [{ constants: { 'member.name': 'x' } }];
    expect(faults({ kind: 'activities', several })).toEqual(['several/0/constants/member.name']);
    expect(faults({ kind: 'activities', columns: { 'shares.20.weight': 'a' } })).toHaveLength(1);
    expect(faults({ kind: 'activities', columns: { 'shares.19.weight': 'a' } })).toBeUndefined();
  });
});
