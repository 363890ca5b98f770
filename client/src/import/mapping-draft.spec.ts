import { describe, expect, it } from '@jest/globals';
import { mappingSchema } from '@palmares/shared/import/mapping';
import { assign, draftOf, mappingOf } from './mapping-draft';

const mapping = mappingSchema.parse({
  kind: 'activities',
  columns: { item: 'id', occurredAt: 'closed', amount: 'value' },
  constants: { source: 'crm', externalId: '{id}#closed' },
  values: { product: { GTXPro: 'GTX Pro' } },
  skip: [{ column: 'stage', isNot: ['Won', 'Lost, late', ''] }],
  several: [
    { constants: { type: 'deal.opened' }, columns: { occurredAt: 'opened' } },
    { constants: { type: 'deal.won' }, skip: [{ column: 'stage', isNot: ['Won'] }] },
  ],
  decimals: 'comma',
});

describe('a mapping that is edited', () => {
  it('comes back as it was when nothing is touched', () => {
    expect(mappingOf(draftOf(mapping))).toEqual(mapping);
  });

  it('leaves out lines that are not finished', () => {
    const draft = draftOf(mapping);
    draft.constants.push({ field: 'type', value: '' }, { field: '', value: 'x' });
    draft.skip.push({ column: '', how: 'is', values: 'a' }, { column: 'b', how: 'is', values: '' });
    draft.values.push({ column: null, from: 'a', to: 'b' });
    expect(mappingOf(draft)).toEqual(mapping);
  });

  it('lets a constant take the place of a column', () => {
    const draft = draftOf(mapping);
    draft.constants.push({ field: 'amount', value: '1' });
    expect(mappingOf(draft)).toMatchObject({
      columns: { item: 'id', occurredAt: 'closed' },
      constants: { amount: '1' },
    });
  });

  it('gives a field one column, and a column another field', () => {
    const draft = draftOf(mapping);
    assign(draft, 'value', 'amount', 'quantity');
    assign(draft, 'other', '', 'item');
    expect(mappingOf(draft).columns).toEqual({
      occurredAt: 'closed',
      quantity: 'value',
      item: 'other',
    });
    assign(draft, 'other', 'item', '');
    expect(mappingOf(draft).columns).toEqual({ occurredAt: 'closed', quantity: 'value' });
  });
});
