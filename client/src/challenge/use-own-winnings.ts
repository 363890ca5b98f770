import type { Place } from '@palmares/shared/board/position';
import { computed, onBeforeUnmount, watch } from 'vue';
import { useLoad } from '../http/use-load';
import { paced } from '../live/pace';
import { useBoardStore } from '../board/board.store';
import { readWinnings, type ChallengeView } from './challenge.api';
import { useWinnings } from './use-winnings';

const PACE_MS = 3_000;
const GIVING = ['live', 'provisional', 'certified'];

/** What a challenge gives me, in words: read again when I have moved; nothing where it is nothing. */
export function useOwnWinnings(view: () => ChallengeView, place: () => Place | undefined) {
  const words = useWinnings();
  const board = useBoardStore();
  const load = useLoad(
    async () => (GIVING.includes(view().status) ? readWinnings(view().id) : null),
    () => `${view().id} ${view().status}`,
  );
  const pace = paced(() => void load.reload(), PACE_MS);
  /** Equals share what their places bring, so that it matters how many they are. */
  const standing = computed(() => {
    const { rank = null, score = '' } = place() ?? {};
    const alike = board.board?.rows.filter((row) => rank !== null && row.rank === rank) ?? [];
    return `${rank} ${score} ${alike.length}`;
  });
  watch(standing, () => pace.ask());
  onBeforeUnmount(() => pace.stop());
  return computed(() => {
    const found = load.value.value;
    return found ? words(found) : '';
  });
}
