import { setTimeout as pause } from 'node:timers/promises';

/** The server closes, is starting, or cannot be reached. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08006',
]);
const messages = /^(Connection terminated|Client has encountered a connection error)/;

/** True when PostgreSQL went away, not when it refused something. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  // The socket of an embedded server that is being restarted.
  if (code === 'ENOENT') return syscall === 'connect';
  return codes.has(String(code)) || messages.test(error.message);
}

const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 500;

/**
 * Does work that may be done twice, again and again while the connection is lost, for ten seconds.
 * @throws whatever the work throws, in the end also that the connection is lost
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (let wait = 20; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isLostConnection(error) || performance.now() > until) throw error;
    }
    await pause(wait);
  }
}
