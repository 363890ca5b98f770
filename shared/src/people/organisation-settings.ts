import { z } from 'zod';
import { ownTypeSchema, ownTypesSchema } from '../activity/own-type.js';
import { textSchema } from '../quantity/text.js';
import { daySchema } from '../time/day-schema.js';
import { locales } from './organisation.js';

export const holidaySchema = z
  .strictObject({ day: daySchema, name: textSchema(120) })
  .meta({ id: 'Holiday' });

const workingWeekSchema = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, { error: 'each day once' })
  .meta({ description: 'ISO days of the week; 1 is Monday', examples: [[1, 2, 3, 4, 5]] });

const historyFromSchema = daySchema.nullable().meta({
  description: 'since when activities are complete; null: since the first one',
});

/** What an organisation’s own admins may change; lists replace what there was. */
export const settingsChangeSchema = z
  .strictObject({
    name: textSchema(120),
    locale: z.enum(locales),
    workingWeek: workingWeekSchema,
    historyFrom: historyFromSchema,
    activityTypes: ownTypesSchema,
    holidays: z
      .array(holidaySchema)
      .max(2_000)
      .superRefine((list, context) => {
        const days = list.map(({ day }) => day);
        const twice = days.findIndex((day, index) => days.indexOf(day) < index);
        if (twice < 0) return;
        context.addIssue({ code: 'custom', path: [twice, 'day'], message: 'each day once' });
      }),
  })
  .partial()
  .meta({ id: 'OrganisationSettingsChange' });
export type SettingsChange = z.output<typeof settingsChangeSchema>;

export const settingsViewSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    locale: z.enum(locales),
    timeZone: z.string(),
    currency: z.string(),
    workingWeek: workingWeekSchema,
    historyFrom: historyFromSchema,
    activityTypes: z.array(ownTypeSchema),
    holidays: z.array(holidaySchema),
    demo: z.boolean(),
  })
  .meta({ id: 'OrganisationSettings' });
export type SettingsView = z.output<typeof settingsViewSchema>;
