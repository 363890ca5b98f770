import { describe, expect, it } from '@jest/globals';
import type { BoardEntry } from './board.js';
import { rank } from './rank.js';
import { challengeDefinitionSchema } from '../challenge/challenge.js';
import { compileChallenge } from '../challenge/compile.js';
import { placeOf } from './position.js';

const challenge = compileChallenge(
  challengeDefinitionSchema.parse({
    name: 'Sprint',
    from: '2026-10-01',
    to: '2026-11-01',
    audience: { kind: 'everyone' },
    rules: [{ type: 'per-unit', kpi: 'sales-count', score: '12', per: '1' }],
  }),
);
const boardOf = (scores: Record<string, string>) => {
  const rows = Object.entries(scores).map(([id, score], index) => ({
    subject: { type: 'member' as const, id, label: id },
    score,
    reachedAt: `2026-10-0${index + 1}`,
    reason: null,
  }));
  return { rows: rank(rows), total: rows.length };
};

describe('my place on a board', () => {
  it('says how far the next are, in score and in units that close it', () => {
    const board = boardOf({ karim: '1301', lea: '1284', hugo: '1240', ines: '1502' });
    const place = placeOf(board, 'lea', challenge);
    expect(place).toMatchObject({ rank: 3, score: '1284', total: 4 });
    expect(place?.above).toMatchObject({ name: 'karim', rank: 2, gap: '17' });
    expect(place?.above?.way?.amount).toBe(20_000);
    expect(place?.below).toMatchObject({ name: 'hugo', rank: 4, gap: '44' });
    expect(place?.below?.way?.amount).toBe(40_000);
  });

  it('never says a step that falls short by what rounding hides', () => {
    const [a, b] = boardOf({ a: '35.6667', b: '11.6667' }).rows;
    const rows = rank([
      { ...a, exact: '107/3' },
      { ...b, exact: '116665/10000' },
    ] as BoardEntry[]);
    const place = placeOf({ rows, total: 2, ties: 'shared' }, 'b', challenge);
    // Two sales bring 24: a little less than 107/3 − 11.6665.
    expect(place?.above).toMatchObject({ gap: '24', way: { amount: 30_000 } });
  });

  it('has nobody above the first, and nobody below the last', () => {
    const board = boardOf({ a: '20', b: '10' });
    expect(placeOf(board, 'a', challenge)?.above).toBeUndefined();
    expect(placeOf(board, 'b', challenge)?.below).toBeUndefined();
  });

  it('is none before anybody has scored, nor for whoever does not take part', () => {
    const board = boardOf({ a: '0', b: '0' });
    expect(placeOf(board, 'a', challenge)).toMatchObject({ rank: null, above: undefined });
    expect(placeOf(board, 'z', challenge)).toBeUndefined();
  });
});
