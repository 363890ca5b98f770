import type { Board, BoardRow } from '@palmares/shared/board/board';
import { ref, shallowRef } from 'vue';
import { readAround } from './board.api';
import { meOf } from './standing';

const NEIGHBOURS = 7;

/** Who is looking, and those around them where they stand below what was fetched. */
export function useAround() {
  const me = ref<string>();
  const around = shallowRef<readonly BoardRow[]>([]);

  /** @param standing who is looking, where the board does not say it */
  async function look(board: Board, standing: string | undefined): Promise<void> {
    me.value = meOf(board) ?? standing;
    const { challengeId, rows, total, view: seen } = board;
    const known = rows.some(({ subject }) => subject.id === me.value);
    if (!seen?.me || known || total <= rows.length) return void (around.value = []);
    const found = await readAround(challengeId, NEIGHBOURS).catch(() => undefined);
    if (found && me.value === meOf(found)) around.value = found.rows;
  }

  function forget(): void {
    me.value = undefined;
    around.value = [];
  }

  return { me, around, look, forget };
}
