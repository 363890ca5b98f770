import { describe, expect, it } from '@jest/globals';
import type { Cell } from './cell.js';
import { rowReader } from './map-row.js';
import { mappingSchema } from './mapping.js';

const base = {
  kind: 'activities',
  columns: { amount: 'value', product: 'product', 'member.externalId': 'agent' },
  constants: { source: 'crm', externalId: '{id}#closed', type: 'deal.won' },
  values: { product: { GTXPro: 'GTX Pro' } },
  skip: [{ column: 'stage', isNot: ['Won'] }],
};
const row = { id: '7', value: ' 50 ', product: 'GTXPro', agent: 'Zoé', stage: 'Won' };

const read = (mapping: object, cells: Record<string, Cell>, zone = 'Europe/Paris') => {
  const reader = rowReader(mappingSchema.parse(mapping), Object.keys(cells), zone);
  return reader(Object.values(cells));
};

describe('a mapping', () => {
  it('makes an item of the API from a row', () => {
    expect(read(base, row)).toEqual([
      {
        source: 'crm',
        externalId: '7#closed',
        type: 'deal.won',
        amount: '50',
        product: 'GTX Pro',
        member: { externalId: 'Zoé' },
      },
    ]);
  });

  it('says nothing for an empty cell', () => {
    expect(read(base, { ...row, value: '', agent: ' ' })).toEqual([
      { source: 'crm', externalId: '7#closed', type: 'deal.won', product: 'GTX Pro' },
    ]);
  });

  it('passes over the rows that it is told to', () => {
    expect(read(base, { ...row, stage: 'Lost' })).toEqual([]);
    const drop = { ...base, skip: [{ column: 'stage', is: ['Won', 'Open'] }] };
    expect(read(drop, row)).toEqual([]);
    expect(read(drop, { ...row, stage: 'Lost' })).toHaveLength(1);
  });

  it('does not take a name of Object for a value', () => {
    const odd = { ...base, values: { product: {} } };
    expect(read(odd, { ...row, product: 'constructor' })).toMatchObject([
      { product: 'constructor' },
    ]);
  });

  it('gives no identity that lacks a part of it', () => {
    expect(read(base, { ...row, id: '' })[0]).not.toHaveProperty('externalId');
    const named = { kind: 'members', constants: { name: '{first} {last}', externalId: '{id}' } };
    expect(read(named, { id: '1', first: '', last: 'Le Goff' })).toEqual([
      { externalId: '1', name: 'Le Goff' },
    ]);
  });

  it('makes several activities of one row, each with what they share and its own', () => {
    const deal = {
      kind: 'activities',
      columns: { item: 'id', occurredAt: 'closed', type: 'stage' },
      constants: { source: 'crm', externalId: '{id}#closed' },
      values: { stage: { Gagné: 'deal.won', Perdu: 'deal.lost' } },
      several: [
        {
          columns: { occurredAt: 'opened' },
          constants: { externalId: '{id}#opened', type: 'deal.opened' },
          skip: [{ column: 'opened', is: [''] }],
        },
        {
          columns: { openedAt: 'opened' },
          skip: [{ column: 'stage', isNot: ['deal.won', 'deal.lost'] }],
        },
      ],
    };
    const cells = { id: '7', opened: '02/01/2026', closed: '3 février 2026', stage: 'Perdu' };
    const shared = { source: 'crm', item: '7' };
    const opened = { externalId: '7#opened', type: 'deal.opened', occurredAt: '2026-01-02' };
    expect(read(deal, cells)).toEqual([
      { ...shared, ...opened },
      {
        ...shared,
        externalId: '7#closed',
        type: 'deal.lost',
        openedAt: '2026-01-02',
        occurredAt: '2026-02-03',
      },
    ]);
    expect(read(deal, { ...cells, stage: 'En cours', closed: '' })).toEqual([
      { ...shared, ...opened },
    ]);
    expect(read(deal, { ...cells, stage: '', opened: '' })).toEqual([]);
  });

  it('reads numbers and dates as the file writes them', () => {
    const french = {
      kind: 'activities',
      columns: { amount: 'CA', occurredAt: 'Date', void: 'Annulée', version: 'v' },
      decimals: 'comma',
    };
    const cells = { CA: '1\u202f234,50 €', Date: '31/12/2017 14:30', Annulée: 'oui', v: '12' };
    expect(read(french, cells)).toEqual([
      { amount: '1234.5', occurredAt: '2017-12-31T13:30:00.000Z', void: true, version: 12 },
    ]);
    expect(
      read(french, { ...cells, CA: 1234.567, Date: '2017-12-31', Annulée: '', v: '' }),
    ).toEqual([{ amount: '1234.567', occurredAt: '2017-12-31' }]);
  });

  it('fills lists, lines, shares and attributes', () => {
    const shared = {
      kind: 'activities',
      columns: {
        'shares.0.member.email': 'first',
        'shares.0.weight': 'w0',
        'shares.1.member.email': 'second',
        'shares.1.weight': 'w1',
        'lines.0.product': 'product',
        'lines.0.amount': 'w0',
        'attributes.series': 'series',
      },
    };
    const cells = { first: 'a@x.fr', w0: '0.5', second: 'b@x.fr', w1: '0.5', product: 'P' };
    expect(read(shared, { ...cells, series: 'GTX' })).toEqual([
      {
        shares: [
          { member: { email: 'a@x.fr' }, weight: '0.5' },
          { member: { email: 'b@x.fr' }, weight: '0.5' },
        ],
        lines: [{ product: 'P', amount: '0.5' }],
        attributes: { series: 'GTX' },
      },
    ]);
    expect(read(shared, { ...cells, first: '', w0: '', product: '', series: '' })).toEqual([
      { shares: [{ member: { email: 'b@x.fr' }, weight: '0.5' }] },
    ]);
    const roles = { kind: 'members', columns: { roles: 'r' } };
    expect(read(roles, { r: 'rep, manager' })).toEqual([{ roles: ['rep', 'manager'] }]);
  });
});
