import { describe, expect, it } from '@jest/globals';
import type { Board, BoardRow } from '@palmares/shared/board/board';
import { useAround } from './use-around';

const challengeId = '0b4c0b52-7c0e-4f0e-9a53-2f1d6a7a0001';
const row = (id: string, rank: number, score: number): BoardRow => ({
  subject: { type: 'member', id, label: id },
  score: String(score),
  reachedAt: null,
  reason: null,
  rank,
});
/** A large board as its frames leave it: the best two of a thousand. */
const boardAt = (version: number, ...rows: BoardRow[]): Board => ({
  challengeId,
  version,
  status: 'live',
  asOf: '2026-10-10T10:00:00Z',
  total: 1000,
  view: { policy: 'audience', me: 'me', window: 2 },
  rows,
});
const top = [row('a', 1, 90), row('b', 2, 80)];
const frameAt = (version: number, rank: number) => ({
  challengeId,
  version,
  rank,
  total: 1000,
  row: row('me', rank, 1000 - rank),
  neighbours: [row('x', rank - 1, 1001 - rank), row('y', rank + 1, 999 - rank)],
});

function looked(version = 5) {
  let reads = 0;
  const found = boardAt(version, row('x', 299, 701), row('me', 300, 700), row('y', 301, 699));
  const around = useAround(async () => {
    reads += 1;
    return found;
  });
  const ids = () => around.around.value.map(({ subject, rank }) => `${rank} ${subject.id}`);
  return { ...around, ids, reads: () => reads };
}

describe('whoever stands below what the frames speak of', () => {
  it('is read once, then followed by what they are told of themselves', async () => {
    const { look, follow, ids, reads } = looked();
    await look(boardAt(5, ...top), undefined);
    expect(ids()).toEqual(['299 x', '300 me', '301 y']);
    for (let version = 6; version < 40; version++) await look(boardAt(version, ...top), undefined);
    follow(frameAt(40, 120));
    expect(ids()).toEqual(['119 x', '120 me', '121 y']);
    expect(reads()).toBe(1);
  });

  it('is not taken back by what comes late', async () => {
    const { look, missed, follow, ids } = looked(5);
    await look(boardAt(5, ...top), undefined);
    follow(frameAt(9, 200));
    await missed();
    expect(ids()).toEqual(['199 x', '200 me', '201 y']);
    follow(frameAt(8, 250));
    expect(ids()[1]).toBe('200 me');
  });

  it('is read again where something may have been missed', async () => {
    const { look, missed, reads } = looked();
    await look(boardAt(5, ...top), undefined);
    await missed();
    expect(reads()).toBe(2);
  });

  it('is a line of the board among the best, and apart again after that', async () => {
    const { look, follow, ids, reads } = looked();
    await look(boardAt(5, ...top), undefined);
    follow(frameAt(6, 2));
    await look(boardAt(6, row('a', 1, 90), row('me', 2, 85)), undefined);
    expect(ids()).toEqual([]);
    follow(frameAt(7, 3));
    await look(boardAt(7, ...top), undefined);
    expect(ids()).toEqual(['2 x', '3 me', '4 y']);
    expect(reads()).toBe(1);
  });
});
