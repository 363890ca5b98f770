/** What a number stands for; a rate is a fraction of 1, a number has no name of its own. */
export const units = [
  'money',
  'count',
  'rate',
  'number',
  'days',
  'money-per-day',
  'count-per-day',
] as const;
export type Unit = (typeof units)[number];

/** A unit inside a formula: powers of money and days and, where both are 0, what kind of number. */
export interface Dimension {
  money: number;
  days: number;
  kind: 'count' | 'rate' | 'number';
}

export const dimensionOf = (unit: Unit): Dimension => {
  return {
    money: unit === 'money' || unit === 'money-per-day' ? 1 : 0,
    days: unit === 'days' ? 1 : unit.endsWith('-per-day') ? -1 : 0,
    kind: unit === 'rate' || unit === 'number' ? unit : 'count',
  };
};

const isPlain = ({ money, days }: Dimension) => money === 0 && days === 0;

/** The unit of a dimension; undefined where it has no name. */
export function unitOf({ money, days, kind }: Dimension): Unit | undefined {
  if (money === 0 && days === 0) return kind;
  if (money === 1) return days === 0 ? 'money' : days === -1 ? 'money-per-day' : undefined;
  if (money !== 0) return undefined;
  if (days === 1) return 'days';
  return days === -1 && kind === 'count' ? 'count-per-day' : undefined;
}

/** What two amounts may be added to; undefined where they may not. A bare number joins its like. */
export function added(a: Dimension, b: Dimension): Dimension | undefined {
  if (a.money !== b.money || a.days !== b.days) return undefined;
  if (!isPlain(a) || a.kind === b.kind) return a;
  if (a.kind === 'number') return b;
  return b.kind === 'number' ? a : undefined;
}

/** Money times a count is money; a count times a rate is a count. */
export function multiplied(a: Dimension, b: Dimension): Dimension {
  const kinds = [a, b].filter(isPlain).map(({ kind }) => kind);
  const kind = kinds.includes('count') ? 'count' : kinds.includes('rate') ? 'rate' : 'number';
  return { money: a.money + b.money, days: a.days + b.days, kind };
}

/** Money over a count is money; a count over a count, or money over money, is a rate. */
export function divided(a: Dimension, b: Dimension): Dimension {
  const rest = { money: a.money - b.money, days: a.days - b.days };
  const bare = isPlain(b) && b.kind === 'number';
  if (!isPlain(a) || !isPlain(b)) return { ...rest, kind: isPlain(a) ? a.kind : 'rate' };
  if (bare) return { ...rest, kind: a.kind };
  return { ...rest, kind: a.kind === 'count' && b.kind === 'rate' ? 'count' : 'rate' };
}

/** Shares and plain numbers are computed alike, and shown as their KPI says. */
export const fits = (said: Unit, found: Unit): boolean =>
  said === found ||
  (said === 'number' && found === 'rate') ||
  (said === 'rate' && found === 'number');
