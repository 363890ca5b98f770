import { describe, expect, it } from '@jest/globals';
import { defaultCeilings, excessOf, isRaise } from './ceiling.js';

describe('a ceiling', () => {
  const excess = (cost: number, raise: number, ...committed: number[]) =>
    excessOf(defaultCeilings, { cost, raise }, committed);

  it('is exceeded by one challenge, or by all that one author has launched this month', () => {
    expect(excess(50_000, 50_000, 0)).toBeNull();
    expect(excess(50_001, 50_001, 0)).toBe('perChallenge');
    expect(excess(50_000, 50_000, 50_000)).toBeNull();
    expect(excess(50_000, 50_000, 0, 50_001)).toBe('perAuthorAndMonth');
  });

  it('is not exceeded by what raises nothing', () => {
    expect(excess(90_000, 0, 100_000)).toBeNull();
  });

  it('is raised where either of the two lets more through', () => {
    const { perChallenge, perAuthorAndMonth } = defaultCeilings;
    expect(isRaise(defaultCeilings, defaultCeilings)).toBe(false);
    expect(isRaise(defaultCeilings, { perChallenge: 0, perAuthorAndMonth })).toBe(false);
    const more = { perChallenge: 0, perAuthorAndMonth: perAuthorAndMonth + 1 };
    expect(isRaise(defaultCeilings, more)).toBe(true);
    expect(isRaise(defaultCeilings, { ...defaultCeilings, perChallenge: perChallenge + 1 })).toBe(
      true,
    );
  });
});
