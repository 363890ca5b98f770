import { activityTypes } from '@palmares/shared/activity/type';
import { fieldsOf, type MappingKind } from '@palmares/shared/import/field';
import { ownActivities } from '../i18n/activity-word';
import type { TextKey, Translate } from '../i18n/text';

/** The name of a field: its own words where it has some, else as the API calls it. */
export function fieldLabel(field: string, t: Translate, has: (key: string) => boolean): string {
  const key = `field.${field.replaceAll('.', '_')}`;
  return has(key) ? t(key as TextKey) : field;
}

/** The fields that a file of a kind may fill, and those that its mapping already names. */
export function fieldNames(kind: MappingKind, used: readonly string[]): string[] {
  return [...new Set([...Object.keys(fieldsOf[kind]), ...used])].filter(Boolean);
}

/** What may stand for a field whose values are few. */
export const suggestions = (field: string | null): readonly string[] =>
  field === 'type' ? [...Object.keys(activityTypes), ...ownActivities()] : [];
