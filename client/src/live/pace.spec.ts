import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { paced } from './pace';

describe('a paced action', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('runs at once, then gathers what comes too fast', () => {
    const run = jest.fn();
    const pace = paced(run, 250);
    for (let asked = 0; asked < 5; asked += 1) pace.ask();
    expect(run).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(250);
    expect(run).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
    pace.ask();
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('says no more once stopped', () => {
    const run = jest.fn();
    const pace = paced(run, 250);
    pace.ask();
    pace.ask();
    pace.stop();
    jest.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
