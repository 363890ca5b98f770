import type { Board, BoardEntry } from './board.js';
import type { BoardFrame } from './frame.js';
import { rank } from './rank.js';

/** `gap` means that frames were missed: fetch the board again. */
export type Applied = { ok: true; board: Board } | { ok: false; reason: 'gap' | 'other-challenge' };

/**
 * A board after a frame. Frames carry whole entries, so one that overlaps what is already known
 * does no harm, and one that is older than the board changes nothing. A frame that speaks only of
 * the best leaves only these.
 */
export function apply(board: Board, frame: BoardFrame): Applied {
  if (frame.challengeId !== board.challengeId) return { ok: false, reason: 'other-challenge' };
  if (frame.version <= board.version) return { ok: true, board };
  if (frame.baseVersion > board.version) return { ok: false, reason: 'gap' };
  const { window } = frame;
  const entries = new Map<string, BoardEntry>(board.rows.map((row) => [row.subject.id, row]));
  for (const id of frame.removed) entries.delete(id);
  for (const entry of frame.rows) entries.set(entry.subject.id, entry);
  const ranked = rank([...entries.values()], board.ties);
  const rows = window === undefined ? ranked : ranked.slice(0, window);
  const total = frame.total ?? rows.length;
  const whole = board.rows.length >= Math.min(board.total, window ?? board.total);
  // Who is hidden, and who is not, can have changed in between without our having heard of it.
  if (whole && rows.length !== Math.min(total, window ?? total))
    return { ok: false, reason: 'gap' };
  const { version, asOf } = frame;
  return { ok: true, board: { ...board, version, asOf, total, rows } };
}
