import { SCALE } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import { sortedAttributes, type Activity, type Line, type Share } from './activity.js';
import type { ActivityInput } from './input.js';

const OURS = '2026-03-01T09:30:00.000Z';

/** Local day and, where one is given, instant of a `When`. */
function dayAndInstant(when: string, dayOf: (instant: number) => Day) {
  if (when.length === 10) return { day: when, instant: null };
  const instant = Date.parse(when);
  // Most senders write it as we do: to the millisecond, in UTC.
  const asOurs = when.length === OURS.length && when.endsWith('Z');
  return { day: dayOf(instant), instant: asOurs ? when : new Date(instant).toISOString() };
}

/** A version as a number: an instant is its milliseconds since 1970. */
export function versionOf(version: ActivityInput['version']): number | null {
  return typeof version === 'string' ? Date.parse(version) : (version ?? null);
}

/** A product by itself is one line with everything the activity has. */
function linesOf(input: ActivityInput): Line[] {
  if (input.product) {
    const { product, quantity = null, amount = null } = input;
    return [{ product, quantity, amount, cost: null }];
  }
  return (input.lines ?? []).map(({ product, quantity = null, amount = null, cost = null }) => {
    return { product, quantity, amount, cost };
  });
}

/** The sum of what the lines say, or null when none of them says anything. */
export function sumOfLines(
  lines: ActivityInput['lines'],
  field: 'amount' | 'quantity' | 'cost',
): number | null {
  const given = (lines ?? []).flatMap((line) => line[field] ?? []);
  return given.length === 0 ? null : given.reduce((sum, value) => sum + value, 0);
}

/** Each member once, in the order of the source: two names may turn out to be the same person. */
function sharesOf(input: ActivityInput, memberIds: readonly string[]): Share[] {
  const [only] = memberIds;
  if (only !== undefined && memberIds.length === 1) {
    return [{ memberId: only, weight: input.shares?.[0]?.weight ?? SCALE }];
  }
  const weights = new Map<string, number>();
  memberIds.forEach((memberId, index) => {
    const weight = input.shares?.[index]?.weight ?? SCALE;
    weights.set(memberId, (weights.get(memberId) ?? 0) + weight);
  });
  return [...weights].map(([memberId, weight]) => ({ memberId, weight }));
}

/**
 * The activity that an accepted input describes.
 * @param memberIds of the input's member, or of its shares in order
 * @param dayOf the local day of an instant, in the organisation's zone
 */
export function fromInput(
  input: ActivityInput,
  memberIds: readonly string[],
  dayOf: (instant: number) => Day,
): Activity {
  const occurred = dayAndInstant(input.occurredAt, dayOf);
  const opened = input.openedAt ? dayAndInstant(input.openedAt, dayOf) : undefined;
  return {
    source: input.source,
    externalId: input.externalId,
    version: versionOf(input.version),
    void: input.void,
    item: input.item ?? null,
    type: input.type,
    shares: sharesOf(input, memberIds),
    occurredAt: occurred.instant,
    occurredOn: occurred.day,
    openedAt: opened?.instant ?? null,
    openedOn: opened?.day ?? null,
    amount: input.amount ?? sumOfLines(input.lines, 'amount'),
    currency: input.currency ?? null,
    quantity: input.quantity ?? sumOfLines(input.lines, 'quantity'),
    lines: linesOf(input),
    customer: input.customer ?? null,
    channel: input.channel ?? null,
    campaign: input.campaign ?? null,
    site: input.site ?? null,
    region: input.region ?? null,
    segment: input.segment ?? null,
    attributes: sortedAttributes(input.attributes),
  };
}
