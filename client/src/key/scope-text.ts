import type { Scope } from '@palmares/shared/auth/scope';
import type { TextKey } from '../i18n/text';

const names = {
  'activities:write': 'activities',
  'people:write': 'people',
  read: 'read',
  admin: 'admin',
} as const satisfies Record<Scope, string>;

/** The text of what a key may do; a colon cannot stand in the name of a text. */
export const scopeKey = (scope: Scope): TextKey => `scope.${names[scope]}`;
export const scopeHintKey = (scope: Scope): TextKey => `scopeText.${names[scope]}`;
