import { z } from 'zod';
import { formSchema, textSchema } from '../quantity/text.js';
import { builtInTypes, isActivityType, memberNeeds, type ActivityTypes } from './type.js';

/** How a type is called in a request; whether there is one of that name is for others to say. */
export const typeNameSchema = formSchema(
  60,
  /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/,
  'small letters and digits, parted by points or hyphens',
);

/**
 * A type of activity that an organisation has besides those that all have. One that all have been
 * given since is still read; only nobody can name it anew.
 */
export const ownTypeSchema = z
  .strictObject({
    type: typeNameSchema,
    name: textSchema(60).meta({ description: 'as people call it' }),
    member: z
      .enum(memberNeeds)
      .default('required')
      .meta({ description: 'whether an activity must say whose it is' }),
  })
  .meta({ id: 'OwnActivityType' });
export type OwnType = z.output<typeof ownTypeSchema>;

export const ownTypesSchema = z
  .array(ownTypeSchema)
  .max(100)
  .superRefine((list, context) => {
    const types = list.map(({ type }) => type);
    for (const [index, type] of types.entries()) {
      const path = [index, 'type'];
      if (isActivityType(type)) {
        const message = 'every organisation has a type of this name';
        context.addIssue({ code: 'custom', path, message });
      } else if (types.indexOf(type) < index) {
        context.addIssue({ code: 'custom', path, message: 'each type once' });
      }
    }
  })
  .meta({ description: 'what was recorded of a type that is taken away stays' });

/** All types that an organisation has: everybody's, and its own. */
export function typesWith(own: readonly OwnType[]): ActivityTypes {
  if (own.length === 0) return builtInTypes;
  return new Map([...builtInTypes, ...own.map(({ type, member }) => [type, member] as const)]);
}
