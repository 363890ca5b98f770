import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
  type ChallengeDefinitionInput,
} from '@palmares/shared/challenge/challenge';
import { addDays } from '@palmares/shared/time/day';
import { z } from 'zod';

export type Loose = Record<string, unknown>;

/** A definition while it is typed: rules and prizes may still be half of what they will be. */
export interface Draft extends Omit<
  Required<z.input<typeof challengeDefinitionSchema>>,
  'rules' | 'payout'
> {
  rules: Loose[];
  payout: Loose[];
}

const fields = Object.keys(challengeDefinitionSchema.shape);

/** A definition with all its defaults said, as the API writes it. */
export const spelledOut = (definition: ChallengeDefinitionInput): Draft =>
  z.encode(challengeDefinitionSchema, challengeDefinitionSchema.parse(definition)) as Draft;

/** The definition of a challenge, without what the server says of it. */
export const definitionOf = (challenge: object): Draft =>
  structuredClone(
    Object.fromEntries(Object.entries(challenge).filter(([name]) => fields.includes(name))),
  ) as unknown as Draft;

const isNothing = (value: unknown) =>
  value === '' || value === null || value === undefined || (Array.isArray(value) && !value.length);

/**
 * What is sent of what is typed: an empty field says nothing, so that its default holds, or it is
 * missing. In a list it stays in its place, for the faults of the others to be at theirs.
 */
export function sentOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (one === '' ? null : sentOf(one)));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => !isNothing(one));
  return Object.fromEntries(kept.map(([name, one]) => [name, sentOf(one)]));
}

export type Read =
  { ok: true; definition: ChallengeDefinition } | { ok: false; issues: z.core.$ZodIssue[] };

/** Reads a draft as the server will. */
export function readDraft(draft: Draft): Read {
  const read = challengeDefinitionSchema.safeParse(sentOf(draft));
  return read.success
    ? { ok: true, definition: read.data }
    : { ok: false, issues: read.error.issues };
}

/** Removes a rule, and lets conditions speak of the places that are left. */
export function withoutRule(rules: readonly Loose[], place: number): Loose[] {
  return rules.flatMap((rule, index) => {
    if (index === place) return [];
    const held = rule['rules'];
    if (!Array.isArray(held)) return [rule];
    const left = (held as number[]).filter((one) => one !== place);
    return [{ ...rule, rules: left.map((one) => (one > place ? one - 1 : one)) }];
  });
}

/** The month that follows a day, whole. */
export function monthAfter(day: string): { from: string; to: string } {
  const first = (date: string) => `${date.slice(0, 7)}-01`;
  const from = first(addDays(first(day), 32));
  return { from, to: first(addDays(from, 32)) };
}

/** The cap that is proposed where nothing limits a line: a hundred times what one step pays. */
export const proposedCap = (line: Loose): number => Math.max(1, Number(line['points']) || 1) * 100;

export const steps = ['template', 'audience', 'rules', 'prizes', 'terms', 'launch'] as const;
export type Step = (typeof steps)[number];

const places: Record<string, Step> = { rules: 'rules', payout: 'prizes' };

/** The step on which a field is, by the JSON pointer to it. */
export const stepOf = (pointer: string): Step => places[pointer.split('/')[1] ?? ''] ?? 'audience';
