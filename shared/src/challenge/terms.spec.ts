import { describe, expect, it } from '@jest/globals';
import { challengeDefinitionSchema } from './challenge.js';
import { clauseKeys } from './clause.js';
import { ruleTypes } from './rules/registry.js';
import { termsOf, writtenClausesSchema, type WrittenClauses } from './terms.js';

const organisation = { name: 'Maison Durable', currency: 'EUR', timeZone: 'Europe/Paris' };
const plain = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' } as const;
const sourceOf = (more: object = {}) => {
  const input = { name: 'Sprint', from: '2026-03-01', to: '2026-04-01', rules: [plain], ...more };
  return { definition: challengeDefinitionSchema.parse(input), organisation };
};
const none: WrittenClauses = {};
const section = (key: string, more: object = {}, written = none, locale: 'fr' | 'en' = 'fr') =>
  termsOf(sourceOf(more), written, locale).sections.find((one) => one.key === key);

describe('a règlement', () => {
  it('has the rules after the participants, and no prizes where there are none', () => {
    const keys = termsOf(sourceOf(), none, 'fr').sections.map(({ key }) => key);
    expect(keys).toEqual([
      ...clauseKeys.slice(0, 3),
      'rules',
      ...clauseKeys.slice(3).filter((key) => key !== 'prizes'),
    ]);
  });

  it('says in both languages what the definition says', () => {
    expect(section('period')?.paragraphs).toEqual([
      'Le challenge se déroule du 1er mars 2026 au 31 mars 2026 inclus (fuseau horaire Europe/Paris).',
    ]);
    expect(section('period', {}, none, 'en')?.paragraphs).toEqual([
      'The challenge runs from 1 March 2026 to 31 March 2026 inclusive (time zone Europe/Paris).',
    ]);
    const rules = [{ ...plain, filters: { product: ['GTX', 'MG'], region: ['Central'] } }];
    expect(section('rules', { rules }, none, 'en')?.paragraphs).toEqual([
      '1. 1 for each €1,000 of net revenue (only product: GTX or MG; region: Central).',
    ]);
    expect(section('rules', { rules })?.paragraphs[0]).toContain(
      '(seulement produit\u00a0: GTX ou MG\u00a0; région\u00a0: Central).',
    );
  });

  it('has a sentence for every type of rule', () => {
    for (const { examples } of Object.values(ruleTypes)) {
      for (const { rule } of examples as readonly { rule: { type: string } }[]) {
        for (const locale of ['fr', 'en'] as const) {
          const [, said] =
            section('rules', { rules: [plain, rule] }, none, locale)?.paragraphs ?? [];
          expect(said).toMatch(/^2\. .{10,}\.$/);
          expect(said).not.toMatch(/undefined|NaN|%\w/);
        }
      }
    }
  });

  it('names the teams whose reps compete, and says that only their days in them count', () => {
    const [north, south] = [
      '0189a000-0000-7000-8000-000000000001',
      '0189a000-0000-7000-8000-000000000002',
    ];
    const audience = { kind: 'team-members', teamIds: [south, north] };
    const source = sourceOf({ audience, leavers: 'leave' });
    const teams = new Map([
      [north, 'Brest'],
      [south, 'Rennes'],
    ]);
    const said = (named: typeof teams | undefined, locale: 'fr' | 'en') =>
      termsOf({ ...source, teams: named }, none, locale).sections.flatMap((one) =>
        ['participants', 'joiners'].includes(one.key) ? one.paragraphs : [],
      );
    expect(said(teams, 'fr')).toEqual([
      'Participent, chacun pour soi, les commerciaux des équipes Brest et Rennes, équipes rattachées comprises. Compte ce que chacun réalise les jours de la période où il en fait partie.',
      'Qui rejoint ces équipes pendant le challenge y entre, avec ce qu’il réalise à partir de ce jour.',
      'Qui quitte ces équipes, ou l’organisation, quitte le classement ce jour-là.',
    ]);
    expect(said(teams, 'en')[0]).toContain('salespeople of the teams Brest and Rennes, and of');
    expect(said(undefined, 'fr')[0]).toContain('des équipes désignées (2)');
  });

  it.each([
    ['ties', { ties: 'shared' }, 'À score égal, le rang est partagé.'],
    ['ties', {}, 'au jour près'],
    ['joiners', { joiners: 'stay-out' }, 'n’entre pas'],
    ['joiners', { leavers: 'leave' }, 'quitte le classement ce jour-là'],
    ['participants', { minimum: '12.5' }, 'au moins 12,5'],
    ['participants', { audience: { kind: 'teams', by: 'per-head' } }, 'par tête'],
    ['data', { graceDays: 0 }, 'dès la fin de la période'],
    ['data', { graceDays: 1 }, '1 jour après la fin'],
  ])('declares %s %j', (key, more, words) => {
    expect(section(key, more)?.paragraphs.join(' ')).toContain(words);
  });

  it('speaks of every prize', () => {
    const payout = [
      { kind: 'rank', points: [100, 50, 1] },
      { kind: 'prize', place: 1, prize: 'Un vélo' },
      { kind: 'threshold', score: '10', points: 5, when: 'live' },
      { kind: 'per-score', points: 2, per: '1.5', cap: 40 },
    ];
    const [rank, prize, threshold, perScore] = section('prizes', { payout })?.paragraphs ?? [];
    expect(rank).toBe('Selon le rang final : 1er 100 points, 2e 50 points et 3e 1 point.');
    expect(prize).toBe('1er : Un vélo.');
    expect(threshold).toContain('5 points dès que le score atteint 10');
    expect(perScore).toContain('2 points par tranche de 1,5 de score, au plus 40 points');
    const [english] = section('prizes', { payout }, none, 'en')?.paragraphs ?? [];
    expect(english).toBe('By final rank: 1st 100 points, 2nd 50 points, and 3rd 1 point.');
  });

  it('takes what is written, and French where the English is missing', () => {
    const written = writtenClausesSchema.parse({
      claims: { fr: 'Un.\n\nDeux.' },
      prizes: { fr: 'Un dîner.', en: 'A dinner.' },
    });
    expect(section('claims', {}, written, 'en')).toMatchObject({
      title: 'Claims',
      paragraphs: ['Un.', 'Deux.'],
      language: 'fr',
      edited: true,
    });
    expect(section('prizes', {}, written, 'en')?.paragraphs).toEqual(['A dinner.']);
    expect(section('prizes', {}, written)?.paragraphs).toEqual(['Un dîner.']);
  });

  it('refuses a clause without French, or one that does not exist', () => {
    for (const wrong of [{ claims: { en: 'x' } }, { other: { fr: 'x' } }, { ties: { fr: '' } }]) {
      expect(writtenClausesSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
