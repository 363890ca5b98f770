import { describe, expect, it } from '@jest/globals';
import { columnsOf, mappingSchema, mapRow } from './mapping.js';

const mapping = mappingSchema.parse({
  kind: 'activities',
  columns: { amount: 'value', product: 'product', 'member.externalId': 'agent' },
  constants: { source: 'crm', externalId: '{id}#closed', type: 'deal.won' },
  values: { product: { GTXPro: 'GTX Pro' } },
  skip: [{ column: 'stage', isNot: ['Won'] }],
});
const row = { id: '7', value: ' 50 ', product: 'GTXPro', agent: 'Zoé', stage: 'Won' };

describe('a mapping', () => {
  it('makes an item of the API from a row', () => {
    expect(mapRow(mapping, row)).toEqual({
      source: 'crm',
      externalId: '7#closed',
      type: 'deal.won',
      amount: '50',
      product: 'GTX Pro',
      member: { externalId: 'Zoé' },
    });
  });

  it('says nothing for an empty cell', () => {
    expect(mapRow(mapping, { ...row, value: '', agent: ' ' })).toEqual({
      source: 'crm',
      externalId: '7#closed',
      type: 'deal.won',
      product: 'GTX Pro',
    });
  });

  it('passes over the rows that it is told to', () => {
    expect(mapRow(mapping, { ...row, stage: 'Lost' })).toBeUndefined();
    const drop = { ...mapping, skip: [{ column: 'stage', is: ['Won', 'Open'] }] };
    expect(mapRow(drop, row)).toBeUndefined();
    expect(mapRow(drop, { ...row, stage: 'Lost' })).toBeDefined();
  });

  it('names every column that it reads', () => {
    expect(columnsOf(mapping).toSorted()).toEqual(['agent', 'id', 'product', 'stage', 'value']);
  });

  it('refuses a field that has both a column and a constant', () => {
    const both = { kind: 'members', columns: { name: 'a' }, constants: { name: 'b' } };
    expect(mappingSchema.safeParse(both).error?.issues[0]?.path).toEqual(['constants', 'name']);
  });

  it('does not take a name of Object for a value', () => {
    const odd = { ...mapping, values: { product: {} } };
    expect(mapRow(odd, { ...row, product: 'constructor' })?.['product']).toBe('constructor');
  });
});
