import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IntakeQueue } from '@palmares/server/intake/intake.queue';

/** A transaction that ends when it is told to. */
interface Running {
  requests: readonly string[];
  end(): void;
}

describe('a queue', () => {
  let running: Running[];
  let queue: IntakeQueue<string, string>;

  beforeEach(() => {
    jest.useFakeTimers();
    running = [];
    queue = new IntakeQueue((requests) => {
      return new Promise((resolve) => {
        running.push({ requests, end: () => resolve([...requests]) });
      });
    });
  });
  afterEach(() => void jest.useRealTimers());

  /** Whatever follows without time having passed. */
  const settle = () => jest.advanceTimersByTimeAsync(0);
  const push = (name: string, weight = 1) => void queue.push(name, weight);
  const begun = () => running.map(({ requests }) => requests.join(' '));
  const end = async () => {
    running.at(-1)?.end();
    await settle();
  };

  /** Three have shared a transaction, and have been answered. */
  async function company(): Promise<void> {
    push('a');
    push('b');
    push('c');
    await settle();
    await end();
    expect(begun()).toEqual(['a b c']);
    running = [];
  }

  it('waits for those who were here a moment ago, no longer than until they are back', async () => {
    await company();
    push('a');
    push('b');
    await settle();
    expect(begun()).toEqual([]);
    push('c');
    await settle();
    expect(begun()).toEqual(['a b c']);
  });

  it('waits for them no longer than a moment', async () => {
    await company();
    push('b');
    await jest.advanceTimersByTimeAsync(19);
    expect(begun()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(begun()).toEqual(['b']);
    await end();
    push('b');
    await settle();
    expect(begun()).toEqual(['b', 'b']);
  });

  it('does not wait for those who were here long ago', async () => {
    await company();
    await jest.advanceTimersByTimeAsync(60_000);
    push('b');
    await settle();
    expect(begun()).toEqual(['b']);
  });

  it('does not wait once there is as much as a transaction takes', async () => {
    await company();
    push('a');
    await settle();
    expect(begun()).toEqual([]);
    push('many', 5_000);
    await settle();
    expect(begun()).toEqual(['a']);
    await end();
    expect(begun()).toEqual(['a', 'many']);
  });
});
