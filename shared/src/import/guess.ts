import { decimalOf, whenOf } from './cell.js';
import type { MappingKind } from './field.js';
import type { ImportColumn } from './import.js';
import { mappingSchema, type Mapping } from './mapping.js';
import { staffNumbers, stages, synonyms, type Meaning } from './synonym.js';

interface Known {
  kind?: MappingKind | undefined;
  /** Of the organisation: decides what may be read in two ways. */
  currency: string;
}

type Order = Mapping['dates'];
type Found = Record<Meaning, string>;

/** `Date de clôture` → `date de cloture`. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

const dayOf = (text: string, order: Order) =>
  whenOf(text, order, (local) => Date.parse(`${local}Z`));
const isDay = (order: Order) => (text: string) => /^\d{4}-\d{2}-\d{2}/.test(dayOf(text, order));
const isNumber = (decimals: Mapping['decimals']) => (text: string) =>
  /^-?\d+(\.\d+)?$/.test(decimalOf(text, decimals));
function isEmail(text: string): boolean {
  const [name, domain, more] = text.split('@');
  const [host, top] = domain?.split('.') ?? [];
  return Boolean(name && host && top) && more === undefined && !/\s/.test(text);
}

/** True for a column of which all samples are so; one without samples may be anything. */
const allAre = ({ samples }: ImportColumn, is: (text: string) => boolean) => samples.every(is);
/** A cell or two that cannot be read are refused later, and say nothing of what the column is. */
const mostAre = ({ samples }: ImportColumn, is: (text: string) => boolean) =>
  samples.filter(is).length * 2 >= samples.length;
const isDated = (column: ImportColumn) =>
  allAre(column, isDay('day-first')) || allAre(column, isDay('month-first'));
const isNumeric = (column: ImportColumn) =>
  allAre(column, isNumber('comma')) || allAre(column, isNumber('point'));

const isAnyDay = (text: string) => isDay('day-first')(text) || isDay('month-first')(text);
const isAnyNumber = (text: string) => isNumber('comma')(text) || isNumber('point')(text);
const mostlyDated = (column: ImportColumn) => mostAre(column, isAnyDay);
const mostlyNumeric = (column: ImportColumn) => mostAre(column, isAnyNumber);

const fits: Partial<Record<Meaning, (column: ImportColumn) => boolean>> = {
  occurredAt: mostlyDated,
  openedAt: mostlyDated,
  amount: mostlyNumeric,
  quantity: mostlyNumeric,
  value: mostlyNumeric,
  enteredOn: mostlyDated,
  leftOn: mostlyDated,
  email: (column) => allAre(column, isEmail),
};

/** How well a name says what a column is; 0 when it does not. */
function score(name: string, words: readonly string[]): number {
  const best = words.map((word) => {
    if (word === name) return 1_000;
    return word.length > 2 && ` ${name} `.includes(` ${word} `) ? word.length : 0;
  });
  return Math.max(0, ...best);
}

/** What each column is, the surest first; no column is two things. */
function assign(columns: readonly ImportColumn[], kind: MappingKind): Found {
  const candidates = Object.entries(synonyms[kind]).flatMap(([meaning, words]) =>
    columns
      .filter((column) => fits[meaning]?.(column) ?? true)
      .map((column) => ({ meaning, column: column.name, score: score(plain(column.name), words) })),
  );
  const found: Found = {};
  const taken = new Set<string>();
  for (const one of candidates.toSorted((a, b) => b.score - a.score)) {
    if (one.score === 0 || taken.has(one.column) || one.meaning in found) continue;
    found[one.meaning] = one.column;
    taken.add(one.column);
  }
  return found;
}

/**
 * Which column says whose a row is: an address is surer than a number, and a number than a name,
 * which two may have. An address may be the customer’s.
 */
function whoseOf(columns: readonly ImportColumn[], found: Found): string | undefined {
  const others = new Set(
    Object.entries(found).map(([meaning, name]) => meaning !== 'member' && name),
  );
  const free = columns.filter(({ name }) => !others.has(name));
  const named = (words: readonly string[] = []) =>
    free
      .map((column) => ({ column, sure: score(plain(column.name), words) }))
      .filter(({ sure }) => sure > 0)
      .toSorted((a, b) => b.sure - a.sure)
      .map(({ column }) => column);
  const { member = [], customer = [] } = synonyms.activities;
  const ours = ({ name }: ImportColumn) => score(plain(name), customer) === 0;
  const addresses = [...named(member), ...named(synonyms.members['email']), ...free].filter(ours);
  const isAddress = (column: ImportColumn) => column.samples.length > 0 && allAre(column, isEmail);
  return (addresses.find(isAddress) ?? named(staffNumbers)[0])?.name ?? found['member'];
}

/** Columns that nothing was said of, by what their values look like. */
function complete(columns: readonly ImportColumn[], found: Found): Found {
  const free = columns.filter(
    ({ name, samples }) => samples.length > 0 && !Object.values(found).includes(name),
  );
  const first = (is: (column: ImportColumn) => boolean) => free.find(is)?.name;
  const more = {
    occurredAt: found['occurredAt'] ?? first(isDated),
    member: found['member'] ?? first((column) => allAre(column, isEmail)),
    amount: found['amount'] ?? first((column) => isNumeric(column) && !isDated(column)),
  };
  const said = Object.entries(more).filter(([, column]) => column !== undefined);
  return { ...found, ...(Object.fromEntries(said) as Found) };
}

function orderOf(columns: readonly ImportColumn[], currency: string): Order {
  const dates = columns
    .filter(({ samples }) => samples.length > 0)
    .filter(mostlyDated)
    .map(({ samples, ...column }) => ({ ...column, samples: samples.filter(isAnyDay) }));
  const holds = (order: Order) => dates.every((column) => allAre(column, isDay(order)));
  if (holds('day-first') && holds('month-first')) {
    const texts = dates.flatMap(({ samples }) => samples);
    const told = texts.some((text) => dayOf(text, 'day-first') !== dayOf(text, 'month-first'));
    return told && currency === 'USD' ? 'month-first' : 'day-first';
  }
  return holds('month-first') ? 'month-first' : 'day-first';
}

function decimalsOf(columns: readonly ImportColumn[], currency: string): Mapping['decimals'] {
  const numbers = columns
    .filter(mostlyNumeric)
    .flatMap(({ samples }) => samples)
    .filter(isAnyNumber);
  const point = numbers.every(isNumber('point'));
  const comma = numbers.every(isNumber('comma'));
  if (point !== comma) return point ? 'point' : 'comma';
  // 1,234 and 1.234 may be either: as the currency's people write it.
  const told = numbers.some((text) => /[.,]/.test(text));
  return told && currency === 'EUR' ? 'comma' : 'point';
}

function stageValues(columns: readonly ImportColumn[], name: string | undefined) {
  const samples = columns.find((column) => column.name === name)?.samples ?? [];
  const known = samples.flatMap((sample) =>
    Object.entries(stages)
      .filter(([, words]) => words.includes(plain(sample)))
      .map(([type]) => [sample, type] as const),
  );
  return Object.fromEntries(known);
}

const WORTH = ['amount', 'quantity'];
const DIMENSIONS = 'product customer channel campaign site region segment currency'.split(' ');

function activities(columns: readonly ImportColumn[], known: Known): unknown {
  const assigned = assign(columns, 'activities');
  const whose = whoseOf(columns, assigned);
  const found = complete(columns, { ...assigned, ...(whose !== undefined && { member: whose }) });
  const pick = (...names: string[]) =>
    Object.fromEntries(names.flatMap((name) => (found[name] ? [[name, found[name]]] : [])));
  const { identity, member, stage, openedAt } = found;
  const emails = columns.find(({ name }) => name === member)?.samples.every(isEmail);
  const person = member ? { [emails ? 'member.email' : 'member.externalId']: member } : {};
  const who = ['member', 'occurredAt', 'customer', 'product'].flatMap((name) => found[name] ?? []);
  const id = identity ? `{${identity}}` : who.map((name) => `{${name}}`).join('-');
  const item = identity ? { item: identity } : {};
  const format = {
    dates: orderOf(columns, known.currency),
    decimals: decimalsOf(columns, known.currency),
  };
  const values = stageValues(columns, stage);
  const types = [...new Set(Object.values(values))];
  if (!stage || types.length === 0) {
    return {
      kind: 'activities',
      columns: { ...item, ...person, ...pick('occurredAt', 'openedAt', ...WORTH, ...DIMENSIONS) },
      constants: { source: 'file', type: 'deal.won', ...(id && { externalId: id }) },
      ...format,
    };
  }
  const shared = pick(...DIMENSIONS);
  const closed = {
    columns: { type: stage, ...pick('occurredAt', 'openedAt', ...WORTH) },
    constants: { externalId: `${id}#closed` },
    skip: [{ column: stage, isNot: types }],
  };
  const opened = openedAt && {
    columns: { occurredAt: openedAt },
    constants: { externalId: `${id}#opened`, type: 'deal.opened' },
    skip: [{ column: openedAt, is: [''] }],
  };
  return {
    kind: 'activities',
    columns: { ...item, ...person, ...shared },
    constants: { source: 'file' },
    values: { [stage]: values },
    several: opened ? [opened, closed] : [closed],
    ...format,
  };
}

function members(columns: readonly ImportColumn[], known: Known): unknown {
  const found = assign(columns, 'members');
  const { first, last, name = last, ...fields } = found;
  const whole = first && last ? `{${first}} {${last}}` : undefined;
  const said = whole ? {} : { ...(name && { name }) };
  // Who has neither a number nor an address is known by the name.
  const unknown = !fields['externalId'] && !fields['email'];
  return {
    kind: 'members',
    columns: { ...fields, ...said, ...(unknown && said.name && { externalId: said.name }) },
    constants: whole ? { name: whole, ...(unknown && { externalId: whole }) } : {},
    dates: orderOf(columns, known.currency),
  };
}

function targets(columns: readonly ImportColumn[], known: Known): unknown {
  const { team, kpi, ...found } = assign(columns, 'targets');
  const { member: _, ...fields } = found;
  const member = whoseOf(columns, { ...found, ...(team && { team }), ...(kpi && { kpi }) });
  const emails = columns.find(({ name }) => name === member)?.samples.every(isEmail);
  const whose = member
    ? { [emails ? 'member.email' : 'member.externalId']: member }
    : team && { 'team.name': team };
  return {
    kind: 'targets',
    columns: { ...fields, ...whose, ...(kpi && { kpi }) },
    constants: kpi ? {} : { kpi: 'revenue' },
    decimals: decimalsOf(columns, known.currency),
  };
}

/** People have names and addresses; what happened has a date, and what it was worth. */
function kindOf(columns: readonly ImportColumn[]): MappingKind {
  const happened = assign(columns, 'activities');
  if ('occurredAt' in happened || 'amount' in happened || 'stage' in happened) return 'activities';
  const people = assign(columns, 'members');
  const named = ['email', 'name', 'first', 'last'].some((meaning) => meaning in people);
  return named ? 'members' : 'activities';
}

const guesses = { activities, members, targets };

/**
 * How a file may be meant, by the names of its columns and what stands in them. A beginning: what
 * is wrong or missing shows in the preview.
 */
export function guessMapping(columns: readonly ImportColumn[], known: Known): Mapping {
  const kind = known.kind ?? kindOf(columns);
  return mappingSchema.parse(guesses[kind](columns, known));
}
