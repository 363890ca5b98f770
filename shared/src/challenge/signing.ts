import { z } from 'zod';
import { daySchema } from '../time/day-schema.js';
import { signatureFaults, signerOrders, type Verdict } from './signature.js';

/** Who is asked to sign next. */
export const waitsForSchema = z
  .object({
    order: z.enum(signerOrders).nullable().meta({
      description: 'HR, managers and admins, operators of the installation; null: nobody could',
    }),
    members: z.array(z.object({ id: z.uuid(), name: z.string() })),
  })
  .meta({ id: 'WaitsFor' });
export type WaitsFor = z.output<typeof waitsForSchema>;

export const whySchema = z.enum(signatureFaults).nullable().meta({
  description: 'why a signature does not count; null where it does',
});

export const whyOf = (verdict: Verdict) => (verdict.counts ? null : verdict.why);

/** A launch beyond a ceiling, which waits to be countersigned. */
export const countersignSchema = z
  .object({
    challengeId: z.uuid(),
    name: z.string(),
    from: daySchema,
    to: daySchema,
    askedAt: z.iso.datetime(),
    points: z.int().nullable().meta({ description: 'what it may cost at the most' }),
    subjects: z.int().meta({ description: 'members, or teams, for whom it is' }),
    teams: z.boolean().meta({ description: 'teams compete' }),
    authors: z.array(z.object({ signature: z.string(), name: z.string().nullable() })),
    waitsFor: waitsForSchema,
    why: whySchema.meta({ description: 'why the caller cannot sign; null where they can' }),
  })
  .meta({ id: 'Countersign' });
export type Countersign = z.output<typeof countersignSchema>;

/** What was shown to the signer; another launch or another cost is refused. */
export const countersigningSchema = z
  .strictObject({
    expect: z
      .strictObject({
        points: z.int().optional(),
        askedAt: z.iso.datetime().optional(),
      })
      .optional(),
  })
  .default({})
  .meta({ id: 'Countersigning' });
export type Countersigning = z.output<typeof countersigningSchema>;

/** What waits for an operator of the installation. */
export const operatorSignatureSchema = z
  .object({
    challengeId: z.uuid(),
    organisation: z.object({ id: z.uuid(), name: z.string() }),
    name: z.string(),
    from: daySchema,
    to: daySchema,
    what: z.enum(['certify', 'countersign']),
    points: z.int().nullable().meta({ description: 'what it gives, or may cost at the most' }),
    why: whySchema,
  })
  .meta({ id: 'OperatorSignature' });
export type OperatorSignature = z.output<typeof operatorSignatureSchema>;
