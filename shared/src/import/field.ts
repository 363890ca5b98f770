/** How the text of a cell becomes what the API expects in a field. */
export type FieldType = 'text' | 'decimal' | 'when' | 'period' | 'integer' | 'boolean' | 'list';

const member = ['id', 'email', 'externalId'];
const line = { product: 'text', quantity: 'decimal', amount: 'decimal', cost: 'decimal' } as const;
const place = '(?:1?[0-9])';

const activityFields: Record<string, FieldType> = {
  source: 'text',
  externalId: 'text',
  version: 'integer',
  void: 'boolean',
  item: 'text',
  type: 'text',
  ...Object.fromEntries(member.map((name) => [`member.${name}`, 'text'])),
  occurredAt: 'when',
  openedAt: 'when',
  amount: 'decimal',
  currency: 'text',
  quantity: 'decimal',
  product: 'text',
  customer: 'text',
  channel: 'text',
  campaign: 'text',
  site: 'text',
  region: 'text',
  segment: 'text',
};

/** Fields of which there may be several, by a pattern; a number is a place from 0. */
const activityPatterns: readonly [RegExp, (name: string) => FieldType][] = [
  [new RegExp(`^shares\\.${place}\\.member\\.(${member.join('|')})$`), () => 'text'],
  [new RegExp(`^shares\\.${place}\\.(weight)$`), () => 'decimal'],
  [
    new RegExp(`^lines\\.${place}\\.(${Object.keys(line).join('|')})$`),
    (name) => line[name as keyof typeof line],
  ],
  [/^attributes\.([^.]+)$/, () => 'text'],
];

const memberFields: Record<string, FieldType> = {
  externalId: 'text',
  email: 'text',
  name: 'text',
  roles: 'list',
  kind: 'text',
  enteredOn: 'when',
  leftOn: 'when',
  team: 'text',
  teamParent: 'text',
  teamFrom: 'when',
  manager: 'text',
};

const targetFields: Record<string, FieldType> = {
  kpi: 'text',
  period: 'period',
  ...Object.fromEntries(member.map((name) => [`member.${name}`, 'text'])),
  ...Object.fromEntries(['id', 'externalId', 'name'].map((name) => [`team.${name}`, 'text'])),
  value: 'decimal',
};

export const mappingKinds = ['activities', 'members', 'targets'] as const;
export type MappingKind = (typeof mappingKinds)[number];

/** The fields that a file of this kind may fill, by name. */
export const fieldsOf: Record<MappingKind, Record<string, FieldType>> = {
  activities: activityFields,
  members: memberFields,
  targets: targetFields,
};

/**
 * The type of a field, or undefined when there is no such field.
 * @example fieldType('activities', 'shares.0.weight') // 'decimal'
 */
export function fieldType(kind: MappingKind, field: string): FieldType | undefined {
  if (Object.hasOwn(fieldsOf[kind], field)) return fieldsOf[kind][field];
  if (kind !== 'activities') return undefined;
  for (const [pattern, typeOf] of activityPatterns) {
    const match = pattern.exec(field);
    if (match) return typeOf(match[1] ?? '');
  }
  return undefined;
}
