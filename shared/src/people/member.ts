import { z } from 'zod';
import { textSchema } from '../quantity/text.js';

export const roles = ['rep', 'manager', 'hr', 'admin'] as const;
export type Role = (typeof roles)[number];

export const memberKinds = ['employee', 'partner'] as const;

/** E-mails are compared without case. */
export const emailSchema = z
  .email({ error: 'an e-mail address' })
  .max(254)
  .transform((email) => email.toLowerCase())
  .pipe(z.string());

/** A member as it is created; at least one of e-mail and external id names the person. */
export const memberInputSchema = z
  .strictObject({
    externalId: textSchema(200).nullish(),
    email: emailSchema.nullish(),
    name: textSchema(120),
    roles: z
      .array(z.enum(roles))
      .min(1)
      .default(['rep'])
      .transform((list) => [...new Set(list)])
      .pipe(z.array(z.enum(roles))),
    kind: z.enum(memberKinds).default('employee'),
  })
  .refine((member) => member.email || member.externalId, {
    error: 'an email or an externalId is needed',
  })
  .meta({ id: 'MemberInput' });
export type MemberInput = z.output<typeof memberInputSchema>;
