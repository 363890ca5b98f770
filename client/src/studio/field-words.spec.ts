import { describe, expect, it } from '@jest/globals';
import { payoutLineSchema } from '@palmares/shared/challenge/payout';
import { ruleSchema } from '@palmares/shared/challenge/rules/registry';
import { auditActions } from '@palmares/shared/audit/audit';
import french from '../i18n/fr.json' with { type: 'json' };
import { fieldsIn, kindsOf, type Field, type Shape } from './field-shape';

/** The words that a field is shown by: its own, and those of what is chosen in it. */
function keysOf({ name, shape }: Field, section: string): string[] {
  return [`${section}.${name}`, ...within(name, shape, section)];
}
function within(name: string, shape: Shape, section: string): string[] {
  if (shape.kind === 'choice') return shape.options.map((one) => `studioChoice.${name}.${one}`);
  if (shape.kind === 'group') return shape.fields.flatMap((field) => keysOf(field, section));
  return shape.kind === 'list' ? within(name, shape.item, section) : [];
}
const isSaid = (key: string) =>
  typeof key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown>)?.[part], french) ===
  'string';

describe('the words of the studio', () => {
  it('are there for every field of a rule and of a prize, and for whatever is chosen in it', () => {
    const rules = kindsOf(ruleSchema, 'type').flatMap((type) => [
      `ruleType.${type}`,
      ...fieldsIn(ruleSchema, 'type', type).flatMap((field) => keysOf(field, 'ruleField')),
    ]);
    const prizes = kindsOf(payoutLineSchema, 'kind').flatMap((kind) => [
      `payoutKind.${kind}`,
      ...fieldsIn(payoutLineSchema, 'kind', kind).flatMap((one) => keysOf(one, 'payoutField')),
    ]);
    expect(rules).toContain('ruleField.units');
    expect([...rules, ...prizes].filter((key) => !isSaid(key))).toEqual([]);
  });

  it('are there for every action of the journal', () => {
    const keys = auditActions.map((action) => `auditAction.${action.replace('.', '_')}`);
    expect(keys.filter((key) => !isSaid(key))).toEqual([]);
  });
});
