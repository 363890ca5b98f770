import { roles } from '@palmares/shared/people/member';
import { permits, type Access } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';

/** Who may see a board, by request or by socket. */
export const BOARD_ACCESS: Access = { scope: 'read', roles, boardLink: true };

/** A board link opens one board and no other. Problems: `not-found`. */
export function mayRead(caller: Caller, challengeId: string): string {
  if (caller.kind === 'board-link' && caller.challengeId !== challengeId) {
    throw new ProblemError('not-found');
  }
  return challengeId;
}

/** The same for a socket, which no guard has seen. Problems: `forbidden`, `not-found`. */
export function mayWatch(caller: Caller, challengeId: string): string {
  if (!permits(BOARD_ACCESS, caller)) throw new ProblemError('forbidden');
  return mayRead(caller, challengeId);
}
