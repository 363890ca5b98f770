import type { Kpi } from '../kpi/kpi.js';
import type { Unit } from '../kpi/unit.js';
import type { Locale } from '../people/organisation.js';
import { addExact, ceilingExact, compareExact, timesOver } from '../quantity/exact.js';
import type { Exact } from '../quantity/exact.js';
import { SCALE } from '../quantity/scaled.js';
import type { CompiledChallenge, CompiledRule } from './compile.js';
import { ruleTypeOf, type Rule } from './rules/registry.js';
import type { TieBreak } from './tie.js';

/** What closes a gap by itself: so much of a KPI, whatever else stays as it is. */
export interface Way {
  /** The place of the rule in the list. */
  rule: number;
  kpi: string;
  name: Record<Locale, string>;
  unit: Unit;
  /** Scaled; whole units where the KPI counts, else rounded up to three figures. */
  amount: number;
}

const nameOf = ({ card }: Kpi) => ({ fr: card.fr.name, en: card.en.name });

type Rules = Pick<CompiledChallenge, 'rules' | 'measures' | 'perHead'>;

/**
 * The score that is sure to bring somebody up to another, scaled: equals share the rank, or, where
 * the earlier one stays before, a little more than equality.
 */
export function scoreToPass(own: Exact, other: Exact, ties: TieBreak): number {
  const more = ties === 'shared' ? 0 : 1;
  const lacking = ceilingExact(addExact(other, timesOver(own, -1, 1)));
  return Math.max(more, lacking + more);
}

/** What a subject has of what a rule reads, and its target; scaled. */
export interface OwnHave {
  total: number;
  frozen: number | null;
}

/** By the place of the rule in the list; null or missing where it is not known. */
export type Haves = readonly (OwnHave | null)[];

/** Rules whose next step depends on what somebody has already: steps, caps, whole units. */
export const asksForHaves = ({ rules, perHead }: Rules): boolean =>
  !perHead &&
  rules.some(({ rule }) => {
    if (rule.type === 'per-unit') return rule.whole || Boolean(rule.cap);
    return rule.type === 'milestone' || rule.type === 'attainment';
  });

/**
 * How much of one KPI closes a gap, by the KPI that asks for the least: units that are counted
 * before amounts. All rules that read the KPI count together, thresholds too where it is known what
 * the subject has. Undefined where it cannot be promised: filters, gates, units of each activity,
 * lighter sales, teams by head, or another rule that the same activities might lower.
 * @param needed score that is missing, scaled
 * @example 12 a sale, 17 missing: 2 sales; or 1, where it reaches a threshold that gives 13
 */
export function wayTo(challenge: Rules, needed: number, haves: Haves = []): Way | undefined {
  if (challenge.perHead || needed <= 0) return undefined;
  const codes = new Set(challenge.rules.map(({ rule }) => rule.kpi));
  const ways = [...codes].flatMap((code) => wayBy(challenge, code, needed, haves) ?? []);
  const [first] = ways.toSorted(
    (a, b) => Number(a.unit === 'money') - Number(b.unit === 'money') || a.amount - b.amount,
  );
  return first;
}

/** By more of one KPI alone. */
function wayBy(challenge: Rules, code: string, needed: number, haves: Haves): Way | undefined {
  const gainers = [...challenge.rules.entries()].filter(([index, { rule }]) => {
    const plain = rule.kpi === code && Object.keys(rule.filters).length === 0;
    return plain && canRise(rule) && !isGuarded(challenge, index);
  });
  const [first] = gainers;
  const kpi = first?.[1].readings.get('all')?.kpi;
  if (!first || !kpi || kpi.direction !== 'higher') return undefined;
  const { unit } = kpi;
  if (unit !== 'count' && unit !== 'money') return undefined;
  const types = typesOf(challenge, first[1]);
  if (!challenge.rules.every((one) => one === first[1] || isSafe(challenge, one, types))) {
    return undefined;
  }
  const enough = (units: number): boolean => {
    const more = units * SCALE;
    const gains = gainers.map(([index, { rule }]) => gainOf(rule, haves[index] ?? null, more));
    return compareExact(gains.reduce<Exact>(addExact, 0), needed) >= 0;
  };
  const units = leastUnits(enough);
  if (units === undefined) return undefined;
  const amount = (unit === 'count' ? units : roundedUp(units)) * SCALE;
  return { rule: first[0], kpi: code, name: nameOf(kpi), unit, amount };
}

const UNITS_MAX = 1_000_000_000;

/** The least whole number of units that is enough, where more is never less. */
function leastUnits(enough: (units: number) => boolean): number | undefined {
  let high = 1;
  while (!enough(high)) {
    if (high >= UNITS_MAX) return undefined;
    high *= 2;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether more of its KPI is sure never to lower what a rule gives, and may raise it. */
function canRise(rule: Rule): boolean {
  if (rule.type === 'attainment') return rises(rule.steps.map(({ score }) => score));
  if (rule.type === 'milestone') {
    return rule.mode === 'cumulative' || rises(rule.thresholds.map(({ score }) => score));
  }
  if (rule.type !== 'per-unit' || rule.units !== 'total' || rule.dailyCap) return false;
  return (rule.weights?.factors ?? []).every(({ factor }) => factor >= SCALE);
}

/** What so much more of its KPI is sure to give by a rule; nothing where that is not known. */
function gainOf(rule: Rule, own: OwnHave | null, more: number): Exact {
  const isWeighed = rule.type === 'per-unit' && Boolean(rule.weights);
  const isSmall = rule.type === 'attainment' && (own?.frozen ?? 0) < SCALE;
  if (own && !isWeighed && !isSmall) {
    const now = scoreWith(rule, own, 0);
    return addExact(scoreWith(rule, own, more), timesOver(now, -1, 1));
  }
  if (rule.type !== 'per-unit' || rule.cap) return 0;
  const { score, per, whole } = rule;
  return whole ? Math.floor(more / per) * score : timesOver(more, score, per);
}

function scoreWith(rule: Rule, { total, frozen }: OwnHave, more: number): Exact {
  const figure = () => ({
    value: null,
    reason: null,
    numerator: null,
    denominator: null,
    count: 0,
  });
  const have = { total: () => total + more, days: () => [], figure, frozen };
  return ruleTypeOf(rule).score?.(rule, have).score ?? 0;
}

const isGuarded = ({ rules }: Rules, index: number): boolean =>
  rules.some(({ rule }) => ruleTypeOf(rule).gate?.rules(rule).includes(index));

const measuresOf = ({ measures }: Rules, { readings }: CompiledRule) =>
  [...readings.values()]
    .flatMap((reading) => [...reading.measures.values()])
    .flatMap((text) => measures.get(text) ?? []);

const typesOf = (challenge: Rules, compiled: CompiledRule): ReadonlySet<string> =>
  new Set(measuresOf(challenge, compiled).flatMap(({ types }) => [...types]));

const rises = (scores: readonly number[]) =>
  scores.every((score, index) => score >= (scores[index - 1] ?? 0));

/** Whether more of these types can only raise what a rule gives. */
function isSafe(challenge: Rules, compiled: CompiledRule, types: ReadonlySet<string>): boolean {
  const touched = measuresOf(challenge, compiled).filter((one) =>
    one.types.some((type) => types.has(type)),
  );
  if (touched.length === 0) return true;
  const { rule, readings } = compiled;
  const kpi = readings.get('all')?.kpi;
  if (kpi?.direction !== 'higher' || touched.some(({ of }) => of === 'cost')) return false;
  if (rule.type === 'per-unit' || rule.type === 'best-single') return true;
  if (rule.type === 'attainment') return rises(rule.steps.map(({ score }) => score));
  if (rule.type !== 'milestone') return false;
  return rule.mode === 'cumulative' || rises(rule.thresholds.map(({ score }) => score));
}

/** To three figures, upwards: near enough to keep in mind, and never too little. */
function roundedUp(units: number): number {
  const step = 10 ** Math.max(0, String(units).length - 3);
  return Math.ceil(units / step) * step;
}
