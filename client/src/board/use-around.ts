import type { Board, BoardRow } from '@palmares/shared/board/board';
import { compareEntries } from '@palmares/shared/board/rank';
import type { ServerEvents } from '@palmares/shared/live/event';
import { computed, ref, shallowRef } from 'vue';
import { meOf } from './standing';

const NEIGHBOURS = 7;

/** My line with those around it, as it was at a version of the board. */
interface Told {
  version: number;
  rows: readonly BoardRow[];
}

type ScoreFrame = Parameters<ServerEvents['score.changed']>[0];

/**
 * Who is looking, and those around them where they stand below what the frames of a board speak
 * of. Read once; from then on every move comes by itself.
 * @param read reads the rows around whoever is signed in
 */
export function useAround(read: (challengeId: string, limit: number) => Promise<Board>) {
  const me = ref<string>();
  const told = shallowRef<Told>();
  const below = ref(false);
  const around = computed(() => (below.value ? (told.value?.rows ?? []) : []));
  let shown: Board | undefined;
  let asking = false;

  /** My line has moved, or a neighbour’s; what is older than what is known changes nothing. */
  function follow({ challengeId, version, row, neighbours }: ScoreFrame): void {
    if (challengeId !== shown?.challengeId || (told.value && version <= told.value.version)) return;
    const { ties } = shown;
    const rows = [row, ...neighbours].toSorted((a, b) => compareEntries(a, b, ties));
    told.value = { version, rows };
  }

  /** @param standing who is looking, where the board does not say it */
  async function look(board: Board, standing: string | undefined): Promise<void> {
    shown = board;
    me.value = meOf(board) ?? standing;
    const { rows, total, view } = board;
    const known = rows.some(({ subject }) => subject.id === me.value);
    below.value = Boolean(view?.me) && !known && total > rows.length;
    if (!told.value) await missed();
  }

  /** Something may have been said to me without my having heard it. */
  async function missed(): Promise<void> {
    if (!shown || !below.value || asking) return;
    asking = true;
    const found = await read(shown.challengeId, NEIGHBOURS).catch(() => undefined);
    asking = false;
    if (!found || me.value !== meOf(found)) return;
    if (found.version >= (told.value?.version ?? 0)) {
      told.value = { version: found.version, rows: found.rows };
    }
  }

  function forget(): void {
    shown = me.value = undefined;
    told.value = undefined;
    below.value = false;
  }

  return { me, around, follow, look, missed, forget };
}
