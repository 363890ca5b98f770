import type { Board, BoardRow } from '@palmares/shared/board/board';
import { onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import { problemBehind, type Problem } from '../http/problem';
import { paced } from '../live/pace';
import { readPage } from './board.api';

/** Rows that are read at once. */
export const PAGE = 1000;
const PACE_MS = 5_000;

/**
 * All of a large board, whose frames speak of the best only: read when it is wanted, and again
 * while the board moves, at a pace.
 */
export function useWhole(board: () => Board, token: () => string | undefined) {
  const rows = shallowRef<readonly BoardRow[]>();
  const problem = shallowRef<Problem>();
  const wanted = ref(0);

  async function read(): Promise<void> {
    const { challengeId } = board();
    try {
      const found: BoardRow[] = [];
      for (let page = 0; page < wanted.value; page++) {
        const { rows: some } = await readPage(challengeId, page * PAGE, token());
        found.push(...some);
        if (some.length < PAGE) break;
      }
      if (board().challengeId !== challengeId) return;
      rows.value = found;
      problem.value = undefined;
    } catch (error) {
      problem.value = problemBehind(error);
    }
  }
  const again = paced(() => void read(), PACE_MS);

  /** At least so many pages, from now on. */
  function want(pages: number): void {
    if (pages <= wanted.value) return;
    wanted.value = pages;
    void read();
  }
  const more = () => want(wanted.value + 1);

  watch(
    () => board().version,
    () => {
      if (wanted.value > 0) again.ask();
    },
  );
  watch(
    () => board().challengeId,
    () => {
      rows.value = undefined;
      wanted.value = 0;
    },
  );
  onBeforeUnmount(() => again.stop());
  return { rows, problem, want, more };
}
