import { ruleSchema } from '@palmares/shared/challenge/rules/registry';
import { addsUp } from '@palmares/shared/kpi/kpi';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { shownExact, timesOver, type Exact } from '@palmares/shared/quantity/exact';
import { divideHalfEven, formatScaled, parseScaled, SCALE } from '@palmares/shared/quantity/scaled';
import type { ProofView, RuleView } from './challenge.api';

type Heads = ProofView['heads'];

/** The next step of a rule: what is missing of its KPI, and what it gives more; decimals. */
export interface NextStep {
  at: string;
  missing: string;
  gain: string;
}

const scaledOf = (value: string | number | null | undefined): number =>
  typeof value === 'number' ? Math.round(value * SCALE) : (parseScaled(value ?? '0') ?? 0);

/** What a rule of a team by head divides; null where it divides nothing. */
export function perHeadOf(rule: RuleView, heads: Heads): Exact | null {
  const [kpi] = rule.kpis;
  const known = kpi && catalogue.get(kpi.kpi);
  if (!heads?.personDays || !known || !addsUp(known) || kpi.by === 'largest') return null;
  // A target is of the whole team, and so is what is compared with it.
  if (rule.by === 'attainment') return null;
  return timesOver(scaledOf(kpi.value), heads.days, heads.personDays);
}

/** The total that a rule looks at, as it is shown: by head where it is divided. */
const totalOf = (rule: RuleView, heads: Heads): number => {
  const each = perHeadOf(rule, heads);
  return each === null ? scaledOf(rule.kpis[0]?.value) : shownExact(each);
};

/** The step above of a rule with thresholds; undefined past the last, or where a step gives less. */
export function nextStep(rule: RuleView, heads: Heads): NextStep | undefined {
  const parsed = ruleSchema.safeParse(rule.rule);
  if (!parsed.success || rule.heldBy.length > 0) return undefined;
  const { data } = parsed;
  const total = totalOf(rule, heads);
  const own = scaledOf(rule.own);
  if (data.type === 'milestone') {
    const next = data.thresholds.find(({ at }) => at > total);
    if (!next) return undefined;
    const gain = data.mode === 'cumulative' ? next.score : next.score - own;
    return stepOf(next.at, next.at - total, gain);
  }
  if (data.type !== 'attainment' || data.shape !== 'steps') return undefined;
  const target = rule.frozen === null ? 0 : scaledOf(rule.frozen);
  const next = target > 0 && data.steps.find(({ at }) => needed(at, target) > total);
  if (!next) return undefined;
  return stepOf(next.at, needed(next.at, target) - total, next.score - own);
}

/** The least total that reaches a fraction of a target as it is shown. */
function needed(at: number, target: number): number {
  const product = BigInt(at) * BigInt(target);
  const near = divideHalfEven(product, BigInt(SCALE));
  return Number(near * BigInt(SCALE) < product ? near + 1n : near);
}

const stepOf = (at: number, missing: number, gain: number): NextStep | undefined =>
  gain > 0
    ? { at: formatScaled(at), missing: formatScaled(missing), gain: formatScaled(gain) }
    : undefined;
