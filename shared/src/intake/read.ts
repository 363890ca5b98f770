import {
  activityInputSchema,
  toActivity,
  type Activity,
  type ActivityInput,
  type MemberReference,
} from '../activity/activity.js';
import { activityTypes, isActivityType } from '../activity/type.js';
import { pointerTo, problems, type ProblemCode } from '../problem/catalogue.js';
import { addDays, type Day } from '../time/day.js';
import type { Refusal } from './receipt.js';

/** What reading a batch needs to know of the organisation and the moment. */
export interface ReadingContext {
  currency: string;
  dayOf: (instant: number) => Day;
  /** Milliseconds since 1970. */
  now: number;
}

/** An item that may be recorded, provided that its member is known. */
export interface Accepted {
  index: number;
  input: ActivityInput;
}

export interface Item {
  index: number;
  activity: Activity;
}

/** Business time may be ahead of ours by the clocks of other machines, and by no more. */
const FUTURE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

function refusal(index: number, code: ProblemCode, pointer: string, detail?: string): Refusal {
  return { index, pointer, code, detail: detail ?? problems[code][1] };
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

/**
 * One posted item, or the first reason why it cannot be recorded. Problems: `invalid`,
 * `invalid-amount`, `activity-type-unknown`, `currency-not-accepted`, `activity-in-the-future`,
 * `member-missing`.
 */
export function readItem(raw: unknown, index: number, context: ReadingContext): Accepted | Refusal {
  const input = refusedByShape(index, raw);
  if ('code' in input) return input;
  if (!isActivityType(input.type)) return refusal(index, 'activity-type-unknown', '/type');
  if (input.currency && input.currency !== context.currency) {
    return refusal(index, 'currency-not-accepted', '/currency');
  }
  if (inTheFuture(input, context)) {
    return refusal(index, 'activity-in-the-future', '/occurredAt');
  }
  if (!input.member && activityTypes[input.type] === 'required') {
    return refusal(index, 'member-missing', '/member');
  }
  return { index, input };
}

/** The activity of an accepted item, or `member-unknown`. */
export function resolveItem(
  { index, input }: Accepted,
  memberId: (reference: MemberReference) => string | undefined,
  dayOf: (instant: number) => Day,
): Item | Refusal {
  const member = input.member ? memberId(input.member) : null;
  if (member === undefined) return refusal(index, 'member-unknown', '/member');
  return { index, activity: toActivity(input, member, dayOf) };
}
