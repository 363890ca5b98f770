import { z } from 'zod';
import { textSchema } from '../quantity/text.js';
import { daySchema } from '../time/day-schema.js';
import { membershipInputSchema, membershipViewSchema } from './membership.js';
import { employmentFields, leavesAfterEntering, presenceViewSchema } from './presence.js';

export const roles = ['rep', 'manager', 'hr', 'admin'] as const;
export type Role = (typeof roles)[number];

export const memberKinds = ['employee', 'partner'] as const;
export type MemberKind = (typeof memberKinds)[number];

/** E-mails are compared without case. */
export const emailSchema = z
  .string()
  .max(254, { abort: true })
  .check(z.email({ error: 'an e-mail address' }))
  .transform((email) => email.toLowerCase())
  .pipe(z.string());

const rolesSchema = z
  .array(z.enum(roles))
  .min(1)
  .transform((list) => [...new Set(list)])
  .pipe(z.array(z.enum(roles)));

const fields = {
  externalId: textSchema(200).nullish(),
  email: emailSchema.nullish(),
  name: textSchema(120),
  roles: rolesSchema,
  kind: z.enum(memberKinds),
  ...employmentFields,
};

const named = {
  check: (member: { email?: string | null; externalId?: string | null }) =>
    Boolean(member.email || member.externalId),
  fault: { error: 'an email or an externalId is needed' },
};

/** In at most one team on a day; that is looked at where the teams are known. */
const membershipsSchema = z.array(membershipInputSchema).max(200);

/** A member as it is created; at least one of e-mail and external id names the person. */
export const memberInputSchema = z
  .strictObject({
    ...fields,
    roles: rolesSchema.default(['rep']),
    kind: fields.kind.default('employee'),
    teams: membershipsSchema.optional(),
  })
  .refine(named.check, named.fault)
  .refine(leavesAfterEntering.check, leavesAfterEntering.fault)
  .meta({ id: 'MemberInput' });
export type MemberInput = z.output<typeof memberInputSchema>;

/** What is not named stays; `teams` replaces all of them. */
export const memberChangeSchema = z
  .strictObject({ ...fields, teams: membershipsSchema })
  .partial()
  .refine(leavesAfterEntering.check, leavesAfterEntering.fault)
  .meta({ id: 'MemberChange' });
export type MemberChange = z.output<typeof memberChangeSchema>;

/**
 * A member as a file speaks of one. What it does not say stays as it is; `team` and `manager` are
 * names or external ids (a manager’s e-mail too), and are made when there is nobody called so.
 */
export const memberEntrySchema = z
  .strictObject({
    ...fields,
    roles: rolesSchema.optional(),
    kind: fields.kind.optional(),
    team: textSchema(120).nullish(),
    teamFrom: daySchema
      .nullish()
      .meta({ description: 'first day in the team; unless said, always for who was in none' }),
    teamParent: textSchema(120)
      .nullish()
      .meta({ description: 'the team above, for a team that is made here' }),
    manager: textSchema(120).nullish().meta({ description: 'who manages the team' }),
  })
  .refine(named.check, named.fault)
  .refine(leavesAfterEntering.check, leavesAfterEntering.fault)
  .meta({ id: 'MemberEntry' });
export type MemberEntry = z.output<typeof memberEntrySchema>;

export const memberStatuses = ['active', 'left'] as const;

const summaryFields = {
  id: z.uuid(),
  externalId: z.string().nullable().meta({ description: 'also null for a manager of other teams' }),
  email: z.string().nullable(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  kind: z.enum(memberKinds),
  status: z.enum(memberStatuses).meta({ description: 'left from the day of leaving on' }),
  enteredOn: daySchema.nullable(),
  leftOn: daySchema.nullable().meta({ description: 'the day after the last one' }),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable().meta({ description: 'today' }),
  hasAccess: z.boolean().meta({ description: 'has accepted an invitation' }),
};

export const memberSummarySchema = z.object(summaryFields).meta({ id: 'MemberSummary' });
export type MemberSummary = z.output<typeof memberSummarySchema>;

export const memberViewSchema = z
  .object({
    ...summaryFields,
    teams: z.array(membershipViewSchema),
    presence: presenceViewSchema
      .nullable()
      .meta({ description: 'null for who neither manages the member nor is an admin' }),
  })
  .meta({ id: 'Member' });
export type MemberView = z.output<typeof memberViewSchema>;
