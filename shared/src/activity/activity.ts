import { z } from 'zod';
import { decimalSchema } from '../quantity/decimal.js';
import { textSchema } from '../quantity/text.js';
import type { Day } from '../time/day.js';

/** An instant with its offset, or a bare date that means the whole local day. */
export const whenSchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'an ISO 8601 date, or an instant with its offset',
  })
  .refine((when) => when >= '1900' && when < '2200', { error: 'a year from 1900 to 2199' })
  .meta({ id: 'When', description: 'ISO 8601 instant, or a bare date for the whole local day' });

const label = textSchema(200).nullish();

/** A member of the organisation by one of its three names. */
export const memberReferenceSchema = z
  .union(
    [
      z.strictObject({ id: z.uuid() }),
      z.strictObject({ email: textSchema(320) }),
      z.strictObject({ externalId: textSchema(200) }),
    ],
    { error: 'a member by id, email or externalId' },
  )
  .meta({ id: 'MemberReference' });
export type MemberReference = z.infer<typeof memberReferenceSchema>;

/** One activity as it is posted; amounts are net of discount and tax, never negative. */
export const activityInputSchema = z
  .strictObject({
    source: textSchema(60),
    externalId: textSchema(200),
    item: label,
    type: textSchema(60),
    member: memberReferenceSchema.nullish(),
    occurredAt: whenSchema,
    openedAt: whenSchema.nullish(),
    amount: decimalSchema(0).nullish(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, { error: 'an ISO 4217 code such as EUR' })
      .nullish(),
    quantity: decimalSchema(0).nullish(),
    product: label,
    customer: label,
    channel: label,
    campaign: label,
    site: label,
    region: label,
    segment: label,
    attributes: z
      .record(
        textSchema(60),
        z.union([textSchema(500), z.number(), z.boolean(), z.null()], {
          error: 'a text, a number, true, false or null',
        }),
      )
      .refine((attributes) => Object.keys(attributes).length <= 40, {
        error: 'at most 40 attributes',
      })
      .nullish(),
  })
  .meta({ id: 'Activity', description: 'One dated fact, known by its source and externalId' });
export type ActivityInput = z.output<typeof activityInputSchema>;

/** The dimensions that a measure may filter on and a KPI may be broken down by. */
export const dimensions = [
  'customer',
  'channel',
  'campaign',
  'site',
  'region',
  'segment',
  'product',
] as const;
export type Dimension = (typeof dimensions)[number];

/** An activity as the core knows it; absent and null are the same, amounts are scaled. */
export interface Activity extends Record<Dimension, string | null> {
  source: string;
  externalId: string;
  item: string | null;
  type: string;
  memberId: string | null;
  /** The instant, or null when the source only knows the day. */
  occurredAt: string | null;
  /** The local day in the organisation's zone, fixed when recorded. */
  occurredOn: Day;
  openedAt: string | null;
  openedOn: Day | null;
  amount: number | null;
  currency: string | null;
  quantity: number | null;
  attributes: Record<string, string | number | boolean | null> | null;
}

/** Local day and, where one is given, instant of a `When`. */
export function dayAndInstant(when: string, dayOf: (instant: number) => Day) {
  if (when.length === 10) return { day: when, instant: null };
  const instant = Date.parse(when);
  return { day: dayOf(instant), instant: new Date(instant).toISOString() };
}

/** The activity that an accepted input describes. */
export function toActivity(
  input: ActivityInput,
  memberId: string | null,
  dayOf: (instant: number) => Day,
): Activity {
  const occurred = dayAndInstant(input.occurredAt, dayOf);
  const opened = input.openedAt ? dayAndInstant(input.openedAt, dayOf) : undefined;
  return {
    source: input.source,
    externalId: input.externalId,
    item: input.item ?? null,
    type: input.type,
    memberId,
    occurredAt: occurred.instant,
    occurredOn: occurred.day,
    openedAt: opened?.instant ?? null,
    openedOn: opened?.day ?? null,
    amount: input.amount ?? null,
    currency: input.currency ?? null,
    quantity: input.quantity ?? null,
    product: input.product ?? null,
    customer: input.customer ?? null,
    channel: input.channel ?? null,
    campaign: input.campaign ?? null,
    site: input.site ?? null,
    region: input.region ?? null,
    segment: input.segment ?? null,
    attributes: sortedAttributes(input.attributes),
  };
}

function sortedAttributes(attributes: ActivityInput['attributes']): Activity['attributes'] {
  if (!attributes) return null;
  const keys = Object.keys(attributes).toSorted();
  if (keys.length === 0) return null;
  return Object.fromEntries(keys.map((key) => [key, attributes[key] ?? null]));
}

/**
 * The content of an activity as one text: equal texts, equal content. Two sends of the same fact
 * are recognised by it. The local day is left out: it follows from the instant.
 */
export function contentOf(activity: Activity): string {
  const { source: _source, externalId: _externalId, occurredOn, openedOn, ...content } = activity;
  return JSON.stringify([
    content.occurredAt ?? occurredOn,
    content.openedAt ?? openedOn,
    content.type,
    content.memberId,
    content.item,
    content.amount,
    content.currency,
    content.quantity,
    content.attributes,
    dimensions.map((dimension) => content[dimension]),
  ]);
}

/** The name of an activity inside its organisation. */
export function identityOf(activity: Pick<Activity, 'source' | 'externalId'>): string {
  return `${activity.source}\n${activity.externalId}`;
}
