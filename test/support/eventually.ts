import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer will do; says what it was when it never did. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  enough: (answer: T) => boolean = Boolean,
  patienceMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (enough(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)?.slice(0, 2_000)}`);
    await pause(20);
  }
}
