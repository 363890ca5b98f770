import { describe, expect, it } from '@jest/globals';
import { guessMapping } from './guess.js';

const file = (columns: Record<string, string[]>) =>
  Object.entries(columns).map(([name, samples]) => ({ name, samples }));
const guess = (columns: Record<string, string[]>, currency = 'EUR') =>
  guessMapping(file(columns), { currency });

const crm = {
  opportunity_id: ['1C1I7A6R', 'Z063OYW0'],
  sales_agent: ['Moses Frase', 'Darcel Schlecht'],
  product: ['GTX Plus Basic', 'GTXPro'],
  account: ['Cancity', 'Isdom'],
  deal_stage: ['Won', 'Engaging', 'Lost', 'Prospecting'],
  engage_date: ['2016-10-20', '2016-10-25'],
  close_date: ['2017-03-01'],
  close_value: ['1054', '4514'],
};

describe('a guess', () => {
  it('makes a deal that opens and a deal that closes of a CRM opportunity', () => {
    expect(guess(crm, 'USD')).toEqual({
      kind: 'activities',
      columns: {
        item: 'opportunity_id',
        'member.externalId': 'sales_agent',
        product: 'product',
        customer: 'account',
      },
      constants: { source: 'file' },
      values: { deal_stage: { Won: 'deal.won', Lost: 'deal.lost' } },
      skip: [],
      several: [
        {
          columns: { occurredAt: 'engage_date' },
          constants: { externalId: '{opportunity_id}#opened', type: 'deal.opened' },
          skip: [{ column: 'engage_date', is: [''] }],
        },
        {
          columns: {
            type: 'deal_stage',
            occurredAt: 'close_date',
            openedAt: 'engage_date',
            amount: 'close_value',
          },
          constants: { externalId: '{opportunity_id}#closed' },
          skip: [{ column: 'deal_stage', isNot: ['deal.won', 'deal.lost'] }],
        },
      ],
      dates: 'day-first',
      decimals: 'point',
    });
  });

  it('reads a French list of sales', () => {
    const sales = {
      'N° de commande': ['C-1', 'C-2'],
      'Date de vente': ['31/12/2017'],
      'E-mail du commercial': ['zoe@example.com'],
      Client: ['Mairie de Brest'],
      'Montant HT (€)': ['1 234,50', '12,00'],
      Remarque: ['urgent'],
    };
    expect(guess(sales)).toMatchObject({
      columns: {
        item: 'N° de commande',
        'member.email': 'E-mail du commercial',
        occurredAt: 'Date de vente',
        customer: 'Client',
        amount: 'Montant HT (€)',
      },
      constants: { source: 'file', externalId: '{N° de commande}', type: 'deal.won' },
      dates: 'day-first',
      decimals: 'comma',
    });
  });

  it('makes an identity of columns where none is one, so that running totals revise', () => {
    const totals = { Matricule: ['007'], Mois: ['01/12/2017'], 'CA cumulé': ['12 000,50'] };
    expect(guess(totals)).toMatchObject({
      columns: { 'member.externalId': 'Matricule', occurredAt: 'Mois', amount: 'CA cumulé' },
      constants: { externalId: '{Matricule}-{Mois}' },
    });
  });

  it('tells the order of dates from those that allow one only', () => {
    const dates = (...samples: string[]) => guess({ Date: samples, Montant: ['1'] });
    expect(dates('01/02/2017', '12/31/2017').dates).toBe('month-first');
    expect(dates('01/02/2017', '31/12/2017').dates).toBe('day-first');
    expect(dates('01/02/2017').dates).toBe('day-first');
    expect(guess({ Date: ['01/02/2017'], Amount: ['1'] }, 'USD').dates).toBe('month-first');
  });

  it('tells the decimals from numbers that allow one reading only', () => {
    const amounts = (...samples: string[]) => guess({ Date: ['2017-01-01'], Montant: samples });
    expect(amounts('1.234', '1.5').decimals).toBe('point');
    expect(amounts('1.234', '1,5').decimals).toBe('comma');
    expect(amounts('1.234').decimals).toBe('comma');
    expect(amounts('1234').decimals).toBe('point');
  });

  it('goes by what stands in a column when its name says nothing', () => {
    const odd = { A: ['ana@example.com'], B: ['3 mars 2026'], C: ['12.50'], D: ['x'] };
    expect(guessMapping(file(odd), { kind: 'activities', currency: 'EUR' })).toMatchObject({
      columns: { 'member.email': 'A', occurredAt: 'B', amount: 'C' },
    });
  });

  it('goes on by the other cells where one cannot be read', () => {
    const typed = { Date: ['31/12/2017', 'hier', '30/12/2017'], Montant: ['1234,50', 'abc'] };
    expect(guess(typed, 'USD')).toMatchObject({
      columns: { occurredAt: 'Date', amount: 'Montant' },
      dates: 'day-first',
      decimals: 'comma',
    });
  });

  it('knows somebody by an address or a number rather than by a name', () => {
    const sales = { Date: ['31/12/2017'], Montant: ['12'], Commercial: ['Zoé Le Goff'] };
    const who = (columns: Record<string, string[]>) => guess({ ...sales, ...columns }).columns;
    expect(who({ Mail: ['zoe@example.com'] })).toMatchObject({ 'member.email': 'Mail' });
    expect(who({ Matricule: ['007'] })).toMatchObject({ 'member.externalId': 'Matricule' });
    expect(who({ 'E-mail client': ['mairie@example.com'] })).toMatchObject({
      'member.externalId': 'Commercial',
    });
    const targets = { Commercial: ['Zoé'], Email: ['zoe@example.com'], Objectif: ['12000'] };
    const guessed = guessMapping(file(targets), { kind: 'targets', currency: 'EUR' });
    expect(guessed.columns).toMatchObject({ 'member.email': 'Email' });
  });

  it('knows people when it sees them', () => {
    expect(guess({ Prénom: ['Zoé'], Nom: ['Le Goff'], Email: ['zoe@example.com'] })).toMatchObject({
      kind: 'members',
      columns: { email: 'Email' },
      constants: { name: '{Prénom} {Nom}' },
    });
    expect(guess({ Matricule: ['007'], 'Nom complet': ['Zoé Le Goff'] })).toMatchObject({
      kind: 'members',
      columns: { externalId: 'Matricule', name: 'Nom complet' },
    });
    expect(guess({ Prénom: ['Zoé'], Nom: ['Le Goff'] })).toMatchObject({
      constants: { name: '{Prénom} {Nom}', externalId: '{Prénom} {Nom}' },
    });
    expect(guess({ sales_agent: ['Zoé'], x: ['y'] })).toMatchObject({
      columns: { externalId: 'sales_agent', name: 'sales_agent' },
    });
  });

  it('is a mapping, whatever a file holds', () => {
    expect(guess({}).kind).toBe('activities');
    expect(guess({ constructor: ['x'], __proto__: [] }).columns).toBeDefined();
  });
});
