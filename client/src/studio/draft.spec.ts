import { describe, expect, it } from '@jest/globals';
import { fromTemplate, templateCodes } from '@palmares/shared/challenge/template';
import { monthAfter, readDraft, sentOf, spelledOut, stepOf, withoutRule } from './draft';

const setting = { from: '2026-10-01', to: '2026-11-01', currency: 'EUR', locale: 'fr' } as const;

describe('a draft', () => {
  it.each(templateCodes)('of %s is read back as the server will read it', (code) => {
    const draft = spelledOut(fromTemplate(code, setting));
    expect(readDraft(draft)).toMatchObject({ ok: true, definition: { from: '2026-10-01' } });
  });

  it('says nothing of what is empty, and keeps places in lists', () => {
    const typed = { cap: '', filters: { channel: [], product: ['PAC'] }, scores: ['3', '', '1'] };
    expect(sentOf(typed)).toEqual({ filters: { product: ['PAC'] }, scores: ['3', null, '1'] });
  });

  it('blames the field that is empty', () => {
    const draft = spelledOut(fromTemplate('revenue-sprint', setting));
    draft.rules = [{ ...draft.rules[0], score: '' }];
    const read = readDraft(draft);
    expect(read.ok ? [] : read.issues.map(({ path }) => path.join('/'))).toEqual(['rules/0/score']);
    expect(stepOf('/rules/0/score')).toBe('rules');
    expect(stepOf('/to')).toBe('audience');
  });

  it('lets a condition follow the rules that it holds back', () => {
    const rules = [{ type: 'a' }, { type: 'b' }, { type: 'quality-gate', rules: [0, 1] }];
    expect(withoutRule(rules, 0)).toEqual([{ type: 'b' }, { type: 'quality-gate', rules: [0] }]);
  });

  it('is for the next month, unless said otherwise', () => {
    expect(monthAfter('2026-10-31')).toEqual({ from: '2026-11-01', to: '2026-12-01' });
    expect(monthAfter('2026-12-01')).toEqual({ from: '2027-01-01', to: '2027-02-01' });
  });
});
