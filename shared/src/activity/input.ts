import { z } from 'zod';
import { decimalSchema } from '../quantity/decimal.js';
import { SCALE } from '../quantity/scaled.js';
import { formSchema, textSchema } from '../quantity/text.js';

/** Fractions of a second may be long, but not without end. */
const instantSchema = z.iso.datetime({ offset: true }).max(40);

/** An instant with its offset, or a bare date that means the whole local day. */
export const whenSchema = z
  .union([instantSchema, z.iso.date()], {
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

/** Who made a sale together, and how much of it is whose. */
const sharesSchema = z
  .array(z.strictObject({ member: memberReferenceSchema, weight: decimalSchema(1, SCALE) }))
  .min(1)
  .max(20);

const linesSchema = z
  .array(
    z.strictObject({
      product: textSchema(200),
      quantity: decimalSchema(0).nullish(),
      amount: decimalSchema(0).nullish(),
      cost: decimalSchema(0).nullish(),
    }),
  )
  .min(1)
  .max(200);

const versionSchema = z
  .union([z.int().min(0), instantSchema], {
    error: 'a whole number, or an instant with its offset',
  })
  .meta({ description: 'of the source: the higher wins, whenever it arrives' });

const attributeSchema = z.union([textSchema(500), z.number(), z.boolean(), z.null()], {
  error: 'a text, a number, true, false or null',
});

/** One activity as it is posted; amounts are net of discount and tax, never negative. */
export const activityInputSchema = z
  .strictObject({
    source: textSchema(60),
    externalId: textSchema(200),
    version: versionSchema.nullish(),
    void: z.boolean().default(false).meta({ description: 'true: this activity did not happen' }),
    item: label.meta({ description: 'the deal, order or cart that it belongs to' }),
    type: textSchema(60),
    member: memberReferenceSchema.nullish(),
    shares: sharesSchema.nullish(),
    occurredAt: whenSchema,
    openedAt: whenSchema.nullish(),
    amount: decimalSchema(0).nullish(),
    currency: formSchema(3, /^[A-Z]{3}$/, 'an ISO 4217 code such as EUR').nullish(),
    quantity: decimalSchema(0).nullish(),
    product: label.meta({ description: 'short for one line' }),
    lines: linesSchema.nullish(),
    customer: label,
    channel: label,
    campaign: label,
    site: label,
    region: label,
    segment: label,
    attributes: z
      .record(textSchema(60), attributeSchema)
      .refine((attributes) => Object.keys(attributes).length <= 40, {
        error: 'at most 40 attributes',
      })
      .nullish(),
  })
  .meta({ id: 'Activity', description: 'One dated fact, known by its source and externalId' });
export type ActivityInput = z.output<typeof activityInputSchema>;
