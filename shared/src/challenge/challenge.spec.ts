import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { challengeDefinitionSchema, lastDay, statusOn } from './challenge.js';

const rule = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' } as const;
const draft = { name: 'Sprint', from: '2026-03-01', to: '2026-04-01', rules: [rule] };
const window = {
  asked: false,
  launched: true,
  certified: false,
  cancelled: false,
  from: '2026-03-01',
  to: '2026-04-01',
};

describe('a challenge', () => {
  it.each([
    ['2026-02-28', 'scheduled'],
    ['2026-03-01', 'live'],
    ['2026-03-31', 'live'],
    ['2026-04-01', 'provisional'],
    ['2030-01-01', 'provisional'],
  ])('is on %s %s', (today, status) => {
    expect(statusOn(today, window)).toBe(status);
  });

  it('is a draft until it is launched, whatever the day', () => {
    expect(statusOn('2026-03-15', { ...window, launched: false })).toBe('draft');
    const asked = { ...window, launched: false, asked: true };
    expect(statusOn('2026-03-15', asked)).toBe('awaiting-countersign');
    expect(statusOn('2026-03-15', { ...asked, cancelled: true })).toBe('cancelled');
  });

  it('shows the day before its end as its last', () => {
    expect(lastDay({ to: '2026-03-01' })).toBe('2026-02-28');
  });

  it('is for everyone unless it says for whom', () => {
    expect(challengeDefinitionSchema.parse(draft).audience).toEqual({ kind: 'everyone' });
  });

  it('is written back in the words of the API', () => {
    const parsed = challengeDefinitionSchema.parse(draft);
    const audience = { kind: 'everyone' };
    const rules = [{ ...rule, filters: {}, units: 'total', whole: false }];
    const participation = { joiners: 'enter', leavers: 'stay', observers: [] };
    const end = { payout: [], ties: 'earliest', visibility: 'audience', graceDays: 5 };
    const whole = { ...draft, audience, ...participation, rules, ...end };
    expect(z.encode(challengeDefinitionSchema, parsed)).toEqual(whole);
  });

  it.each([
    [{ to: '2026-03-01' }, ['to']],
    [{ to: '2026-02-01' }, ['to']],
    [{ to: '2027-03-03' }, ['to']],
    [{ from: '2026-02-30' }, ['from']],
    [{ name: '' }, ['name']],
    [{ rules: [] }, ['rules']],
    [{ rules: [{ ...rule, kpi: 'happiness' }] }, ['rules', 0, 'kpi']],
    [{ rules: [{ ...rule, kpi: 'constructor' }] }, ['rules', 0, 'kpi']],
    [{ audience: { kind: 'members', memberIds: [] } }, ['audience', 'memberIds']],
  ])('with %j is refused at %j', (change, path) => {
    const result = challengeDefinitionSchema.safeParse({ ...draft, ...change });
    expect(result.error?.issues[0]?.path).toEqual(path);
  });

  it('may last a leap year and no more', () => {
    const year = { ...draft, from: '2028-01-01', to: '2029-01-01' };
    expect(challengeDefinitionSchema.safeParse(year).success).toBe(true);
  });
});
