import type { Activity } from '../activity/activity.js';
import { fromInput, sumOfLines, versionOf } from '../activity/from-input.js';
import {
  activityInputSchema,
  type ActivityInput,
  type MemberReference,
} from '../activity/input.js';
import { nameOf } from '../activity/reference.js';
import { builtInTypes, type ActivityTypes } from '../activity/type.js';
import { AMOUNT_MAX, SCALE } from '../quantity/scaled.js';
import { brief, pointerTo, problems, type ProblemCode } from '../problem/catalogue.js';
import { addDays, type Day } from '../time/day.js';
import type { Refusal } from '../problem/refusal.js';

/** What reading a batch needs to know of the organisation and the moment. */
export interface ReadingContext {
  currency: string;
  dayOf: (instant: number) => Day;
  /** Milliseconds since 1970. */
  now: number;
  /** Those that everybody has where nothing is said. */
  types?: ActivityTypes;
}

/** An item that may be recorded, provided that its members are known. */
export interface Accepted {
  index: number;
  input: ActivityInput;
  /** As it was posted, for when it has to wait. */
  raw: unknown;
}

/** What waits under an identity: for whom, and which version of it. */
export interface Waiting {
  source: string;
  externalId: string;
  version: number | null;
  /** The name that nobody has yet, see `nameOf`. */
  missing: string;
  raw: unknown;
}

/** What becomes of an accepted item once its members are looked up. */
export type Resolution = { activity: Activity } | { waiting: Waiting } | { refusal: Refusal };

/** Business time may be ahead of ours by the clocks of other machines, and by no more. */
const FUTURE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

function refusal(index: number, code: ProblemCode, pointer: string, detail?: string): Refusal {
  return { index, pointer: brief(pointer), code, detail: brief(detail ?? problems[code][1]) };
}

function refusedByShape(index: number, raw: unknown): ActivityInput | Refusal {
  const parsed = activityInputSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [...(issue?.path ?? [])];
  if (issue?.code === 'unrecognized_keys' && issue.keys[0] !== undefined) path.push(issue.keys[0]);
  const pointer = pointerTo(path);
  const code = path[0] === 'amount' ? 'invalid-amount' : 'invalid';
  return refusal(index, code, pointer, issue?.message);
}

function inTheFuture(input: ActivityInput, context: ReadingContext): boolean {
  if (input.occurredAt.length > 10) {
    return Date.parse(input.occurredAt) > context.now + FUTURE_TOLERANCE_MS;
  }
  return input.occurredAt > addDays(context.dayOf(context.now), 1);
}

/** What lines and shares must add up to. */
function refusedBySums(index: number, input: ActivityInput): Refusal | undefined {
  if (!input.lines && !input.shares) return undefined;
  for (const field of ['amount', 'quantity'] as const) {
    const sum = sumOfLines(input.lines, field);
    if (sum === null || input[field] === undefined || input[field] === null) continue;
    if (sum !== input[field]) return refusal(index, 'lines-do-not-add-up', `/${field}`);
  }
  for (const field of ['amount', 'quantity', 'cost'] as const) {
    const sum = sumOfLines(input.lines, field) ?? 0;
    if (sum > AMOUNT_MAX) return refusal(index, 'invalid-amount', '/lines');
  }
  if (input.lines && input.product) {
    return refusal(index, 'invalid', '/product', 'product is short for one line: give one of both');
  }
  if (input.shares && input.member) {
    return refusal(index, 'invalid', '/member', 'member is short for one share: give one of both');
  }
  const weights = (input.shares ?? []).reduce((sum, { weight }) => sum + weight, 0);
  if (input.shares && weights !== SCALE) return refusal(index, 'shares-do-not-add-up', '/shares');
  return undefined;
}

/**
 * One posted item, or the first reason why it cannot be recorded. Problems: `invalid`,
 * `invalid-amount`, `activity-type-unknown`, `currency-not-accepted`, `activity-in-the-future`,
 * `member-missing`, `lines-do-not-add-up`, `shares-do-not-add-up`.
 */
export function readItem(raw: unknown, index: number, context: ReadingContext): Accepted | Refusal {
  const input = refusedByShape(index, raw);
  if ('code' in input) return input;
  const need = (context.types ?? builtInTypes).get(input.type);
  if (!need) return refusal(index, 'activity-type-unknown', '/type');
  if (input.currency && input.currency !== context.currency) {
    return refusal(index, 'currency-not-accepted', '/currency');
  }
  if (inTheFuture(input, context)) {
    return refusal(index, 'activity-in-the-future', '/occurredAt');
  }
  const named = input.member || input.shares || input.void;
  if (!named && need === 'required') {
    return refusal(index, 'member-missing', '/member');
  }
  return refusedBySums(index, input) ?? { index, input, raw };
}

export function isRefusal(item: Accepted | Refusal): item is Refusal {
  return 'code' in item;
}

/**
 * The activity of an accepted item; or what waits, for the first member whom nobody knows. An id is
 * given by us alone: an unknown one will never be known, and is refused as `member-unknown`. What
 * did not happen needs nobody.
 */
export function resolveItem(
  { index, input, raw }: Accepted,
  memberId: (reference: MemberReference) => string | undefined,
  dayOf: (instant: number) => Day,
): Resolution {
  const named = input.shares?.map(({ member }) => member) ?? (input.member ? [input.member] : []);
  const ids = named.map(memberId);
  const unknown = ids.findIndex((id, place) => id === undefined && 'id' in (named[place] ?? {}));
  if (ids.includes(undefined) && input.void) return { activity: fromInput(input, [], dayOf) };
  if (unknown >= 0) {
    const pointer = input.shares ? `/shares/${unknown}/member` : '/member';
    return { refusal: refusal(index, 'member-unknown', pointer) };
  }
  const stranger = named[ids.indexOf(undefined)];
  if (stranger) {
    const { source, externalId } = input;
    const version = versionOf(input.version);
    return { waiting: { source, externalId, version, missing: nameOf(stranger), raw } };
  }
  const known = ids.filter((id) => id !== undefined);
  return { activity: fromInput(input, known, dayOf) };
}
