import type { Board } from '@palmares/shared/board/board';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Problem } from '../http/problem';
import type { LiveState } from '../live/live';
import { paced } from '../live/pace';
import type { BoardDoor, BoardLink } from './board.api';
import { BoardVisit } from './board-visit';
import { climbsOf, latestMoves, movesBetween, type Climb, type Move } from './moves';
import { linesOf, openingOf, type Opening } from './standing';
import { useAround } from './use-around';

/** Between two pictures of the board, so that a row has the time to reach its place. */
const PICTURE_MS = 300;

export const useBoardStore = defineStore('board', () => {
  const link = shallowRef<BoardLink>();
  const board = shallowRef<Board>();
  const opening = shallowRef<Opening>(new Map());
  const moves = shallowRef<Move[]>([]);
  const climbs = shallowRef<Climb[]>([]);
  const live = ref<LiveState>('connecting');
  const problem = shallowRef<Problem>();
  const { me, around, look, forget } = useAround();

  const lines = computed(() => (board.value ? linesOf(board.value, opening.value, me.value) : []));
  const cut = computed(() => live.value === 'reconnecting' || live.value === 'offline');
  /** What is shown may be older than the truth. */
  const stale = computed(() => Boolean(board.value && (problem.value || cut.value)));

  let visit: BoardVisit | undefined;
  let newest: Board | undefined;

  const picture = paced(() => {
    if (!newest || newest === board.value) return;
    const moved = board.value ? movesBetween(board.value, newest) : [];
    if (!board.value) opening.value = openingOf(newest);
    moves.value = latestMoves(moved, moves.value);
    climbs.value = climbsOf(moved);
    board.value = newest;
    void look(newest, visit?.door.me);
  }, PICTURE_MS);

  /** Follows the board behind a door, from the beginning. */
  function open(door: BoardDoor): void {
    close();
    visit = new BoardVisit(door, {
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

  const state = { link, board, lines, moves, climbs, live, problem, stale, me, around };
  return { ...state, look, open, retry, close };
});
