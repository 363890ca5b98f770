import { describe, expect, it } from '@jest/globals';
import { verdicts, withholds } from './verdict.js';

describe('a verdict', () => {
  it('lets only what is accepted count', () => {
    expect(verdicts.filter((verdict) => !withholds(verdict))).toEqual(['accepted']);
  });
});
