import { describe, expect, it } from '@jest/globals';
import { outcomes, receiptOf, receiptSchema } from './receipt.js';

const refusal = (index: number) => ({ index, pointer: '', code: 'invalid', detail: 'so' });

describe('a receipt', () => {
  it('counts what became of each item', () => {
    const receipt = receiptOf([...outcomes, 'recorded', 'waiting', 'waiting'], []);
    expect(receipt).toEqual({
      recorded: 2,
      revised: 1,
      unchanged: 1,
      stale: 1,
      waiting: 3,
      refused: [],
    });
    expect(receiptSchema.parse(receipt)).toEqual(receipt);
  });

  it('names refusals in the order of the batch', () => {
    const { refused } = receiptOf([], [refusal(7), refusal(0), refusal(3)]);
    expect(refused.map(({ index }) => index)).toEqual([0, 3, 7]);
  });
});
