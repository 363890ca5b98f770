import type { Kpi } from '../kpi/kpi.js';
import type { Unit } from '../kpi/unit.js';
import type { Locale } from '../people/organisation.js';
import { addExact, ceilingExact, timesOver, type Exact } from '../quantity/exact.js';
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

type PerUnit = Extract<Rule, { type: 'per-unit' }>;
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

/**
 * How much of one KPI closes a gap, by the rule that asks for the least: units that are counted
 * before amounts. Undefined where it cannot be promised: caps, filters, gates, units of each activity, lighter sales, teams
 * by head, or another rule that the same activities might lower.
 * @param needed score that is missing, scaled
 * @example 12 a sale, 17 missing: 2 sales
 */
export function wayTo(challenge: Rules, needed: number): Way | undefined {
  if (challenge.perHead || needed <= 0) return undefined;
  const ways = challenge.rules.flatMap((compiled, index): Way[] => {
    const { rule } = compiled;
    if (rule.type !== 'per-unit' || !isPromise(rule) || isGuarded(challenge, index)) return [];
    const kpi = compiled.readings.get('all')?.kpi;
    if (!kpi || kpi.direction !== 'higher') return [];
    if (kpi.unit !== 'count' && kpi.unit !== 'money') return [];
    const others = challenge.rules.filter((_other, at) => at !== index);
    if (!others.every((other) => isSafe(challenge, other, typesOf(challenge, compiled)))) return [];
    const amount = amountFor(rule, needed, kpi.unit === 'count');
    return Number.isSafeInteger(amount)
      ? [{ rule: index, kpi: rule.kpi, name: nameOf(kpi), unit: kpi.unit, amount }]
      : [];
  });
  const [first] = ways.toSorted(
    (a, b) => Number(a.unit === 'money') - Number(b.unit === 'money') || a.amount - b.amount,
  );
  return first;
}

/** Each unit more gives at least what the rule says. */
const isPromise = ({ cap, dailyCap, filters, weights, units }: PerUnit): boolean =>
  units === 'total' &&
  !cap &&
  !dailyCap &&
  Object.keys(filters).length === 0 &&
  (weights?.factors ?? []).every(({ factor }) => factor >= SCALE);

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

const ceilDivide = (a: bigint, b: bigint) => (a + b - 1n) / b;

/** The least scaled amount of the KPI that is sure to give so much score. */
function amountFor({ score, per, whole }: PerUnit, needed: number, counts: boolean): number {
  if (whole) return Number(ceilDivide(BigInt(needed), BigInt(score)) * BigInt(per));
  // What is added to what is there may round down once.
  const exact = (score * SCALE) % per === 0;
  const amount = ceilDivide(BigInt(needed + (exact ? 0 : 1)) * BigInt(per), BigInt(score));
  const units = ceilDivide(amount, BigInt(SCALE));
  return Number((counts ? units : roundedUp(units)) * BigInt(SCALE));
}

/** To three figures, upwards: near enough to keep in mind, and never too little. */
function roundedUp(units: bigint): bigint {
  const step = 10n ** BigInt(Math.max(0, String(units).length - 3));
  return ceilDivide(units, step) * step;
}
