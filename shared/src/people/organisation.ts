import { z } from 'zod';
import { formSchema, textSchema } from '../quantity/text.js';
import { isTimeZone } from '../time/day.js';

export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

export const organisationInputSchema = z
  .strictObject({
    name: textSchema(120),
    timeZone: z
      .string()
      .max(100, { abort: true })
      .refine(isTimeZone, { error: 'an IANA time zone such as Europe/Paris' })
      .default('Europe/Paris'),
    currency: formSchema(3, /^[A-Z]{3}$/, 'an ISO 4217 code such as EUR').default('EUR'),
    locale: z.enum(locales).default('fr'),
  })
  .meta({ id: 'OrganisationInput' });
export type OrganisationInput = z.output<typeof organisationInputSchema>;
