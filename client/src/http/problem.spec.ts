import { describe, expect, it } from '@jest/globals';
import { passes, problemBehind, ProblemError, problemOf, unreachable } from './problem';

describe('a failed request', () => {
  it('keeps the problem that the server told', () => {
    const told = { type: '/problems/not-found', code: 'not-found', status: 404, title: 'Nothing' };
    expect(problemOf(404, told)).toBe(told);
    expect(problemBehind(new ProblemError(told))).toBe(told);
  });

  it.each([
    [401, 'unauthenticated'],
    [502, 'unavailable'],
    [500, 'internal'],
  ])('with %s and nothing readable is %s', (status, code) => {
    expect(problemOf(status, undefined)).toMatchObject({ status, code });
    expect(problemOf(status, '<html>')).toMatchObject({ status, code });
  });

  it('may pass by itself only when the server is away or busy', () => {
    expect(passes(unreachable)).toBe(true);
    expect([429, 500, 503].every((status) => passes(problemOf(status, undefined)))).toBe(true);
    expect([401, 403, 404].some((status) => passes(problemOf(status, undefined)))).toBe(false);
  });

  it('that is none of the server is thrown on', () => {
    expect(() => problemBehind(new TypeError('ours'))).toThrow('ours');
  });
});
