import { describe, expect, it } from '@jest/globals';
import { payoutLineSchema } from '@palmares/shared/challenge/payout';
import { ruleSchema, ruleTypes } from '@palmares/shared/challenge/rules/registry';
import { z } from 'zod';
import { emptyOf, fieldsIn, fieldsOf, kindsOf } from './field-shape';

const shapes = (type: string) =>
  Object.fromEntries(
    fieldsIn(ruleSchema, 'type', type).map(({ name, shape }) => [name, shape.kind]),
  );

describe('the form of a rule', () => {
  it.each(Object.keys(ruleTypes))('has a field for every parameter of %s', (type) => {
    const known = Object.keys(
      (ruleTypes[type as keyof typeof ruleTypes].schema as unknown as z.ZodObject).shape,
    );
    expect(['type', ...Object.keys(shapes(type))].toSorted()).toEqual(known.toSorted());
  });

  it('follows from the schema alone', () => {
    expect(kindsOf(ruleSchema, 'type')).toEqual(Object.keys(ruleTypes));
    expect(shapes('per-unit')).toMatchObject({
      kpi: 'kpi',
      score: 'decimal',
      filters: 'group',
      weights: 'group',
      whole: 'switch',
    });
    expect(shapes('milestone')).toMatchObject({ thresholds: 'list', mode: 'choice' });
    expect(shapes('quality-gate')).toMatchObject({ rules: 'places', whenUnknown: 'choice' });
  });

  it('begins with what the schema says, in the words of the API', () => {
    expect(emptyOf(fieldsIn(ruleSchema, 'type', 'improvement'))).toEqual({
      kpi: '',
      filters: {},
      score: '',
      per: '0.01',
      since: 'previous',
      cap: null,
    });
    const line = emptyOf(fieldsIn(payoutLineSchema, 'kind', 'per-score'));
    expect(line).toEqual({ points: '', per: '1', cap: null });
    expect(emptyOf(fieldsIn(payoutLineSchema, 'kind', 'rank'))).toEqual({ points: [''] });
  });

  it('takes a kind of rule that nobody has heard of', () => {
    const fields = fieldsOf(
      z.strictObject({
        type: z.literal('streak'),
        days: z.int(),
        kpi: z.string(),
        note: z.string(),
      }),
    );
    expect(fields.map(({ name, shape }) => [name, shape.kind])).toEqual([
      ['days', 'whole'],
      ['kpi', 'kpi'],
      ['note', 'text'],
    ]);
  });
});
