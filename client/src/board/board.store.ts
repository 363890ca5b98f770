import type { Board } from '@palmares/shared/board/board';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Problem } from '../http/problem';
import type { LiveState } from '../live/live';
import { paced } from '../live/pace';
import { readAround, type BoardDoor, type BoardLink } from './board.api';
import { BoardVisit } from './board-visit';
import { climbsOf, latestMoves, movesBetween, type Climb, type Move } from './moves';
import { bestOf, linesOf, openingOf, type Opening } from './standing';
import { useAround } from './use-around';

/** Between two pictures of the board, so that a row has the time to reach its place. */
const PICTURE_MS = 300;

const isCut = (state: LiveState) => state === 'reconnecting' || state === 'offline';

export const useBoardStore = defineStore('board', () => {
  const link = shallowRef<BoardLink>();
  const board = shallowRef<Board>();
  const opening = shallowRef<Opening>(new Map());
  const moves = shallowRef<Move[]>([]);
  const climbs = shallowRef<Climb[]>([]);
  const live = ref<LiveState>('connecting');
  const problem = shallowRef<Problem>();
  const { me, around, follow, look, missed, forget } = useAround(readAround);
  const door = shallowRef<BoardDoor>();

  const lines = computed(() => (board.value ? linesOf(board.value, opening.value, me.value) : []));
  /** What is shown may be older than the truth. */
  const stale = computed(() => Boolean(board.value && (problem.value || isCut(live.value))));

  let visit: BoardVisit | undefined;
  let newest: Board | undefined;

  const picture = paced(() => {
    if (!newest || newest === board.value) return;
    const moved = board.value ? movesBetween(board.value, bestOf(newest)) : [];
    if (!board.value) opening.value = openingOf(newest);
    moves.value = latestMoves(moved, moves.value);
    climbs.value = climbsOf(moved);
    board.value = bestOf(newest);
    void look(board.value, visit?.door.me);
  }, PICTURE_MS);

  /** Follows the board behind a door, from the beginning. */
  function open(to: BoardDoor): void {
    close();
    door.value = to;
    visit = new BoardVisit(to, {
      onLink: (opened) => (link.value = opened),
      onBoard(next) {
        newest = next;
        picture.ask();
      },
      onLive: (state) => (live.value = state),
      onProblem: (found) => (problem.value = found),
    });
    void visit.enter();
  }

  /** Asks the server again. */
  const retry = (): void => void visit?.enter();

  function close(): void {
    visit?.leave();
    picture.stop();
    visit = newest = link.value = board.value = problem.value = undefined;
    forget();
    moves.value = [];
    climbs.value = [];
    live.value = 'connecting';
  }

  const state = { link, board, lines, opening, moves, climbs, live, problem, stale, me, around };
  return { ...state, door, follow, missed, open, retry, close };
});
