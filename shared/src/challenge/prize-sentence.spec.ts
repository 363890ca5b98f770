import { describe, expect, it } from '@jest/globals';
import { prizeSentence } from './prize-sentence.js';

describe('a line of the payout in words', () => {
  it('names every place as it is said', () => {
    const line = { kind: 'rank' as const, points: [500, 300, 200, 100] };
    expect(prizeSentence(line, 'en')).toBe(
      'By final rank: 1st 500 points, 2nd 300 points, 3rd 200 points, and 4th 100 points.',
    );
    expect(prizeSentence(line, 'fr')).toBe(
      'Selon le rang final : 1er 500 points, 2e 300 points, 3e 200 points et 4e 100 points.',
    );
    const gift = { kind: 'prize' as const, place: 11, prize: 'A dinner' };
    expect(prizeSentence(gift, 'en')).toBe('11th: A dinner.');
  });
});
