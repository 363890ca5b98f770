import { describe, expect, it } from '@jest/globals';
import { gainOf } from './gain';
import { stepsOf, winnersOf } from './podium';

const award = (label: string, rank: number, points: number, prize: string | null = null) => ({
  line: 0,
  subjectId: label,
  label,
  rank,
  points,
  prize,
});

describe('a podium', () => {
  it('puts together what several lines give to one', () => {
    const awards = [award('ben', 2, 600), award('ana', 1, 0, 'Lisbonne'), award('ana', 1, 1000)];
    expect(winnersOf(awards)).toEqual([
      { subjectId: 'ana', label: 'ana', rank: 1, points: 1000, prizes: ['Lisbonne'] },
      { subjectId: 'ben', label: 'ben', rank: 2, points: 600, prizes: [] },
    ]);
  });

  it('lets equals share a step, and leaves out the one below', () => {
    const row = (id: string, rank: number | null) => ({ rank, subject: { id, label: id } });
    const steps = stepsOf([row('ana', 1), row('ben', 1), row('cyd', 3), row('dan', null)]);
    expect(steps.map(({ rank, rows }) => [rank, rows.map(({ subject }) => subject.id)])).toEqual([
      [1, ['ana', 'ben']],
      [3, ['cyd']],
    ]);
  });
});

describe('what a difference gives', () => {
  const subject = { id: 'ana', label: 'Ana' };
  it('is exact, and of nothing where somebody was not there', () => {
    const before = { rank: 2, score: '1.1' };
    expect(gainOf({ subject, before, after: { rank: 1, score: '1.3' } })).toBe('0.2');
    expect(gainOf({ subject, before, after: null })).toBe('-1.1');
  });
});
