import type { Locale } from '../people/organisation.js';
import { fieldType, type FieldType } from './field.js';
import type { RefusedRow } from './import.js';
import { partsOf, placeholders, type Mapping } from './mapping.js';

const french: Record<string, string> = {
  'activity-in-the-future': 'la date est dans le futur',
  'activity-type-unknown': 'ce type d’activité n’existe pas',
  'currency-not-accepted': 'ce n’est pas la devise de l’organisation',
  'email-taken': 'cette adresse e-mail est celle d’une autre personne',
  'external-id-taken': 'cet identifiant est celui d’une autre personne',
  'invalid-amount': 'un montant positif est attendu, avec quatre décimales au plus',
  'kpi-unknown': 'cet indicateur n’existe pas',
  'last-admin': 'plus personne n’administrerait l’organisation',
  'lines-do-not-add-up': 'les lignes ne font pas le total',
  'manager-ambiguous': 'plusieurs personnes ont ce nom',
  'member-missing': 'aucun commercial n’est indiqué',
  'member-unknown': 'ce commercial est inconnu',
  'row-unreadable': 'ligne illisible : guillemet mal placé, ou trop de cellules',
  'shares-do-not-add-up': 'les parts ne font pas 1',
  'team-ambiguous': 'plusieurs équipes ont ce nom',
  'team-unknown': 'cette équipe est inconnue',
  'total-too-large': 'un total deviendrait trop grand',
};

const expected: Record<FieldType, string> = {
  text: 'un texte est attendu, ni absent ni trop long',
  decimal: 'un nombre positif est attendu, avec quatre décimales au plus',
  when: 'une date est attendue, comme 31/12/2026',
  integer: 'un nombre entier ou un instant est attendu',
  boolean: 'oui ou non est attendu',
  period: 'une période est attendue, comme 2026, 2026-T4 ou 10/2026',
  list: 'cette valeur n’est pas prévue',
};

/** The columns that a place of an item was filled from. */
function columnsAt(mapping: Mapping, pointer: string): string[] {
  const field = pointer.slice(1).replaceAll('/', '.');
  const within = (name: string) => name === field || name.startsWith(`${field}.`);
  const found = partsOf(mapping).flatMap(({ columns, constants }) => [
    ...Object.entries(columns).flatMap(([name, column]) => (within(name) ? [column] : [])),
    ...Object.entries(constants).flatMap(([name, text]) =>
      within(name) ? placeholders(text) : [],
    ),
  ]);
  return field === '' ? [] : [...new Set(found)];
}

/**
 * Why a row was refused, for whoever has to mend it: the columns that are meant, and what is wrong
 * with them, in French or in the words of the API.
 * @example reasonOf('fr', mapping, refused) // 'Montant : un nombre positif est attendu, …'
 */
export function reasonOf(
  locale: Locale,
  mapping: Mapping,
  { pointer, code, detail }: Pick<RefusedRow, 'pointer' | 'code' | 'detail'>,
): string {
  const field = pointer.slice(1).replaceAll('/', '.');
  const where = columnsAt(mapping, pointer).join(', ') || field;
  const type = fieldType(mapping.kind, field) ?? 'text';
  const what = locale === 'fr' ? (french[code] ?? expected[type]) : detail;
  if (where === '') return what;
  return locale === 'fr' ? `${where} : ${what}` : `${where}: ${what}`;
}
