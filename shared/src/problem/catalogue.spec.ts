import { describe, expect, it } from '@jest/globals';
import { pointerTo, problem, problems, problemSchema, type ProblemCode } from './catalogue.js';

describe.each(Object.keys(problems) as ProblemCode[])('the problem %s', (code) => {
  it('is an RFC 9457 body with a title and the status of an error', () => {
    const body = problemSchema.parse(problem(code));
    expect(body).toMatchObject({ type: `/problems/${code}`, code, title: expect.any(String) });
    expect(body.status).toBeGreaterThanOrEqual(400);
    expect(body.status).toBeLessThan(600);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe('a problem', () => {
  it('carries a detail and faults only where there are some', () => {
    expect(Object.keys(problem('invalid'))).not.toContain('detail');
    const errors = [{ pointer: '/to', detail: 'must come after from' }];
    expect(problem('invalid', 'why', errors)).toMatchObject({ detail: 'why', errors });
  });
});

describe('a pointer', () => {
  it.each([
    [[], ''],
    [['activities', 0, 'amount'], '/activities/0/amount'],
    [['a/b', 'c~d', '~1'], '/a~1b/c~0d/~01'],
    [[''], '/'],
  ])('to %j is %j', (path, pointer) => {
    expect(pointerTo(path)).toBe(pointer);
  });
});
