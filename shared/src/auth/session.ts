import { z } from 'zod';
import { emailSchema, memberKinds, roles } from '../people/member.js';
import { locales, organisationInputSchema } from '../people/organisation.js';
import { textSchema } from '../quantity/text.js';

export const PASSWORD_MIN = 8;

/** A password as it is chosen; long sentences are welcome. */
export const passwordSchema = z
  .string()
  .min(PASSWORD_MIN, { error: `at least ${PASSWORD_MIN} characters` })
  .max(200, { error: 'at most 200 characters' });

/** A password as it is shown at the door: whether it is a good one is no matter here. */
const givenPasswordSchema = z.string().max(200);

export const credentialsSchema = z
  .strictObject({ email: emailSchema, password: givenPasswordSchema })
  .meta({ id: 'Credentials' });
export type Credentials = z.output<typeof credentialsSchema>;

/** The header in which a page sends back the `csrf` of its session when it writes. */
export const CSRF_HEADER = 'x-csrf-token';

/** An organisation that somebody may enter, with what they are in it. */
export const membershipSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    memberId: z.uuid(),
    roles: z.array(z.enum(roles)),
  })
  .meta({ id: 'Membership' });
export type Membership = z.infer<typeof membershipSchema>;

/** Who is signed in, where they may go and where they are. */
export const sessionViewSchema = z
  .object({
    csrf: z.string().meta({ description: `sent back as ${CSRF_HEADER} by whoever writes` }),
    person: z.object({ id: z.uuid(), email: z.string(), operator: z.boolean() }),
    organisations: z
      .array(membershipSchema)
      .meta({ description: 'the one picked last comes first' }),
    current: z
      .object({
        organisation: z.object({
          id: z.uuid(),
          name: z.string(),
          locale: z.enum(locales),
          currency: z.string(),
          timeZone: z.string(),
          demo: z.boolean(),
          activityTypes: z
            .array(z.object({ type: z.string(), name: z.string() }))
            .meta({ description: 'its own, by the names that it gives them' }),
        }),
        member: z.object({
          id: z.uuid(),
          name: z.string(),
          email: z.string(),
          roles: z.array(z.enum(roles)),
          kind: z.enum(memberKinds),
        }),
      })
      .nullable()
      .meta({ description: 'null until an organisation is picked' }),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionViewSchema>;

export const pickSchema = z.strictObject({ organisationId: z.uuid() }).meta({ id: 'Pick' });
export type Pick = z.output<typeof pickSchema>;

export const passwordChangeSchema = z
  .strictObject({ current: givenPasswordSchema, password: passwordSchema })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.output<typeof passwordChangeSchema>;

const tokenSchema = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'of a link; in the body, since logs on the way keep addresses' });

/** A link that somebody was given. */
export const linkSchema = z.strictObject({ token: tokenSchema }).meta({ id: 'Link' });
export type Link = z.output<typeof linkSchema>;

/** The first organisation of an installation, and who runs both. */
export const setupSchema = organisationInputSchema
  .extend({
    token: tokenSchema,
    admin: z.strictObject({ name: textSchema(120), email: emailSchema, password: passwordSchema }),
  })
  .meta({ id: 'Setup' });
export type Setup = z.output<typeof setupSchema>;

/** `reset` for whoever has entered before. */
export const invitationKinds = ['invitation', 'reset'] as const;
export type InvitationKind = (typeof invitationKinds)[number];

/** A link that opens once; nobody can show it again. */
export const issuedInvitationSchema = z
  .object({
    url: z.string().meta({ description: 'to hand over; shown once' }),
    token: z.string(),
    kind: z.enum(invitationKinds),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'IssuedInvitation' });
export type IssuedInvitation = z.infer<typeof issuedInvitationSchema>;

/** What the bearer of a link is told before they use it. */
export const invitationViewSchema = z
  .object({
    email: z.string(),
    organisation: z.object({ name: z.string() }),
    kind: z.enum(invitationKinds),
    locale: z.enum(locales),
    hasPassword: z
      .boolean()
      .meta({ description: 'true: confirm with the password one has; false: choose one' }),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof invitationViewSchema>;

/** A password chosen, or the one that the person already has. */
export const redemptionSchema = z
  .strictObject({ token: tokenSchema, password: passwordSchema })
  .meta({ id: 'InvitationAnswer' });
export type Redemption = z.output<typeof redemptionSchema>;

export const firstAdminSchema = z
  .strictObject({ email: emailSchema, name: textSchema(120) })
  .meta({ id: 'FirstAdmin' });

/** An organisation as its operator makes it, with the first one who may enter. */
export const newOrganisationSchema = organisationInputSchema
  .extend({ admin: firstAdminSchema.nullish() })
  .meta({ id: 'NewOrganisation' });
export type NewOrganisation = z.output<typeof newOrganisationSchema>;

export const organisationChangeSchema = z
  .strictObject({ name: textSchema(120) })
  .meta({ id: 'OrganisationChange' });

/** An organisation as the operator sees it: from outside. */
export const organisationViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    locale: z.enum(locales),
    currency: z.string(),
    timeZone: z.string(),
    demo: z.boolean(),
    createdAt: z.iso.datetime(),
    members: z.int(),
  })
  .meta({ id: 'OrganisationView' });
export type OrganisationView = z.infer<typeof organisationViewSchema>;
