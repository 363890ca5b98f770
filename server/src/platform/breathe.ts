import { setImmediate as immediately } from 'node:timers/promises';

/**
 * Lets sockets be read and written in the middle of long work: what the database has answered is
 * heard, and what it still has to get goes out, so that it works while we do.
 */
export const breathe = (): Promise<void> => immediately();
