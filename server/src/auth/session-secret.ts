import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

export const secret = () => randomBytes(32).toString('base64url');

export const hashOf = (token: string) => hash('sha256', token, 'buffer');

/** Compares without telling by the time it takes how far they agree. */
export function isSame(given: unknown, expected: string): boolean {
  return typeof given === 'string' && timingSafeEqual(hashOf(given), hashOf(expected));
}
