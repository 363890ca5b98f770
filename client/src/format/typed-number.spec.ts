import { describe, expect, it } from '@jest/globals';
import { readNumber } from './typed-number';

describe('a number that somebody types', () => {
  it.each([
    ['1500', '1500'],
    ['1 500,25', '1500.25'],
    ['1\u202f500,25 €', '1500.25'],
    ['1,500.25', '1500.25'],
    ['1.500,25', '1500.25'],
    ['1.500.000', '1500000'],
    ['-12,5', '-12.5'],
    ['80', '80'],
  ])('%j is %s', (text, number) => expect(readNumber(text)).toBe(number));

  it.each([[''], ['abc'], ['1,23456'], ['12-3'], ['--1']])('%j is none', (text) =>
    expect(readNumber(text)).toBeUndefined(),
  );
});
