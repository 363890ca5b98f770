import type { Board, BoardEntry } from './board.js';
import type { BoardFrame } from './frame.js';
import { rank } from './rank.js';

/** `gap` means that frames were missed: fetch the board again. */
export type Applied = { ok: true; board: Board } | { ok: false; reason: 'gap' | 'other-challenge' };

/**
 * A board after a frame. Frames carry whole entries, so one that overlaps what is already known
 * does no harm, and one that is older than the board changes nothing.
 */
export function apply(board: Board, frame: BoardFrame): Applied {
  if (frame.challengeId !== board.challengeId) return { ok: false, reason: 'other-challenge' };
  if (frame.version <= board.version) return { ok: true, board };
  if (frame.baseVersion > board.version) return { ok: false, reason: 'gap' };
  const entries = new Map<string, BoardEntry>(board.rows.map((row) => [row.subject.id, row]));
  for (const entry of frame.rows) entries.set(entry.subject.id, entry);
  for (const id of frame.removed) entries.delete(id);
  const rows = rank([...entries.values()], board.ties);
  return {
    ok: true,
    board: { ...board, version: frame.version, asOf: frame.asOf, total: rows.length, rows },
  };
}
