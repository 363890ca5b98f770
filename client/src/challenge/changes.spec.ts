import { describe, expect, it } from '@jest/globals';
import { rank } from '@palmares/shared/board/rank';
import { changesBetween } from './changes';

const boardOf = (scores: Record<string, string>) => ({
  rows: rank(
    Object.entries(scores).map(([id, score]) => ({
      subject: { type: 'member' as const, id, label: id },
      score,
      reachedAt: null,
      reason: null,
    })),
  ),
});

describe('what has moved since the end', () => {
  it('is whoever has another score, with both places, by the present one', () => {
    const changes = changesBetween(
      boardOf({ lea: '30', karim: '20', hugo: '10' }),
      boardOf({ lea: '30', karim: '18', hugo: '40', zoe: '5' }),
    );
    expect(changes).toEqual([
      {
        id: 'hugo',
        name: 'hugo',
        before: { rank: 3, score: '10' },
        after: { rank: 1, score: '40' },
      },
      {
        id: 'karim',
        name: 'karim',
        before: { rank: 2, score: '20' },
        after: { rank: 3, score: '18' },
      },
    ]);
  });
});
