import type { Board } from '@palmares/shared/board/board';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Problem } from '../http/problem';
import type { LiveState } from '../live/live';
import { paced } from '../live/pace';
import type { BoardLink } from './board.api';
import { BoardVisit } from './board-visit';
import { climbsOf, latestMoves, movesBetween, type Climb, type Move } from './moves';
import { linesOf, openingOf, type Opening } from './standing';

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

  const lines = computed(() => (board.value ? linesOf(board.value, opening.value) : []));
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
  }, PICTURE_MS);

  /** Follows the board that a link opens, from the beginning. */
  function open(token: string): void {
    close();
    visit = new BoardVisit(token, {
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
  function retry(): void {
    void visit?.enter();
  }

  function close(): void {
    visit?.leave();
    picture.stop();
    visit = newest = link.value = board.value = problem.value = undefined;
    moves.value = [];
    climbs.value = [];
    live.value = 'connecting';
  }

  return { link, board, lines, moves, climbs, live, problem, stale, open, retry, close };
});
