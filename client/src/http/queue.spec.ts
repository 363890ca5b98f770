import { describe, expect, it } from '@jest/globals';
import { queue } from './queue';

describe('a queue of questions', () => {
  it('asks so many at once, and all of them in the end', async () => {
    const inTurn = queue(2);
    const answer: ((value: number) => void)[] = [];
    const asked = [1, 2, 3, 4].map((_, index) =>
      inTurn(() => new Promise<number>((resolve) => (answer[index] = resolve))),
    );
    await Promise.resolve();
    expect(answer).toHaveLength(2);
    answer[0]?.(10);
    expect(await asked[0]).toBe(10);
    expect(answer).toHaveLength(3);
    answer[1]?.(20);
    answer[2]?.(30);
    await Promise.all(asked.slice(1, 3));
    answer[3]?.(40);
    expect(await Promise.all(asked)).toEqual([10, 20, 30, 40]);
  });

  it('goes on after a failure', async () => {
    const inTurn = queue(1);
    await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(() => Promise.resolve(1))).toBe(1);
  });
});
