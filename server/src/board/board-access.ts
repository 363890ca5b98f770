import { permits } from '@palmares/shared/access/policy';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';

/** A board link opens one board and no other. Problems: `not-found`. */
export function mayRead(caller: Caller, challengeId: string): string {
  if (caller.kind === 'board-link' && caller.challengeId !== challengeId) {
    throw new ProblemError('not-found');
  }
  return challengeId;
}

/** The same for a socket, which no guard has seen. Problems: `forbidden`, `not-found`. */
export function mayWatch(caller: Caller, challengeId: string): string {
  if (!permits('board.read', caller)) throw new ProblemError('forbidden');
  return mayRead(caller, challengeId);
}
