import { addExact, allotExact, isSameExact, shownExact, writeExact } from '../quantity/exact.js';
import type { Exact } from '../quantity/exact.js';
import { addChecked } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import type { CompiledChallenge, CompiledRule } from './compile.js';
import { Book, type Facts } from './have.js';
import { bonusOf, placesOf, type Place } from './place.js';
import type { ScoreReason } from './reason.js';
import { ruleTypeOf } from './rules/registry.js';
import type { Gain, Have, Standing } from './rules/rule-type.js';

/**
 * A score in 1/10 000, what each rule gave of it, what is held back by a quality gate, and the day
 * since which it stands. With a reason there is no rank. The score is rounded once, half to even,
 * and its parts are allotted by largest remainder, so that they add up to it.
 */
export interface Score {
  score: number;
  /** The score in units before it was rounded (`"35/3"`); null where rounding changes nothing. */
  exact: string | null;
  parts: readonly number[];
  held: number;
  reason: ScoreReason | null;
  reachedAt: Day | null;
}

/** What a subject has by itself, before places are given. */
export interface Pass {
  gains: readonly Gain[];
  /** Rules that are held back by a gate. */
  shut: readonly boolean[];
  standings: readonly (Standing | null)[];
  reachedAt: Day | null;
  /** Why there is no rank and no place, whatever the subject has. */
  out: ScoreReason | null;
}

interface Moment {
  gains: Gain[];
  shut: boolean[];
}

/** Whether a gate lets through what it guards; other rules hold nothing back. */
export const isMet = ({ rule }: CompiledRule, have: Have): boolean =>
  ruleTypeOf(rule).gate?.met(rule, have.figure('all')) ?? true;

/** What the rules give by what has happened before a day. */
function momentOf(challenge: CompiledChallenge, book: Book, limit: Day): Moment {
  const shut = challenge.rules.map(() => false);
  const gains = challenge.rules.map((compiled, index): Gain => {
    const { rule } = compiled;
    const { score, gate } = ruleTypeOf(rule);
    if (gate && !isMet(compiled, book.have(compiled, index, limit))) {
      for (const place of gate.rules(rule)) if (place < shut.length) shut[place] = true;
    }
    return score ? score(rule, book.have(compiled, index, limit)) : { score: 0, reason: null };
  });
  return { gains, shut };
}

const vested = ({ gains, shut }: Moment): Exact =>
  gains.reduce<Exact>((sum, { score }, index) => (shut[index] ? sum : addExact(sum, score)), 0);

/**
 * The first pass: a pure function of the challenge and of the subject’s own days. `reachedAt` is
 * the earliest day from which the running score, not rounded, keeps its final value.
 * @throws RangeError when a total leaves the safe range
 */
export function passOf(challenge: CompiledChallenge, facts: Facts): Pass {
  const book = new Book(challenge, facts);
  const now = momentOf(challenge, book, challenge.to);
  const standings = facts.out ? challenge.rules.map(() => null) : standingsIn(challenge, book);
  const reached = reachedAt(challenge, book, vested(now));
  return { ...now, standings, reachedAt: reached, out: facts.out ?? null };
}

const directionOf = ({ readings }: CompiledRule) => readings.get('all')?.kpi.direction ?? 'higher';

function standingsIn(challenge: CompiledChallenge, book: Book): Pass['standings'] {
  return challenge.rules.map((compiled, index) => {
    const { places } = ruleTypeOf(compiled.rule);
    if (!places) return null;
    const have = book.have(compiled, index, challenge.to);
    return places.standing(compiled.rule, have, directionOf(compiled));
  });
}

/** How a subject stands in each rule that gives places: of the first pass, what the others need. */
export const standingsOf = (challenge: CompiledChallenge, facts: Facts): Pass['standings'] =>
  standingsIn(challenge, new Book(challenge, facts));

/** Goes back from the last day until the running score differs from the final one. */
function reachedAt(challenge: CompiledChallenge, book: Book, final: Exact): Day | null {
  let day = book.lastDayBefore(challenge.to);
  while (day !== undefined) {
    if (!isSameExact(vested(momentOf(challenge, book, day)), final)) return day;
    day = book.lastDayBefore(day);
  }
  return null;
}

/** What the places of a subject bring by rule, not rounded. */
export type Bonuses = ReadonlyMap<number, Exact>;

/** The sum of parts, and each of them as it is shown. */
export function shownOf(parts: readonly Exact[]): { sum: Exact; shown: number[] } {
  const sum = parts.reduce<Exact>(addExact, 0);
  return { sum, shown: allotExact(shownExact(sum), parts) };
}

/** The score of a subject, given what its places bring by rule. */
export function scoreFrom(
  challenge: CompiledChallenge,
  { gains, shut, reachedAt: reached, out }: Pass,
  bonuses: Bonuses = new Map(),
): Score {
  const full = gains.map(({ score }, index) => addExact(score, bonuses.get(index) ?? 0));
  const { sum, shown: parts } = shownOf(full.map((score, index) => (shut[index] ? 0 : score)));
  const held = full.reduce<Exact>((all, one, index) => (shut[index] ? addExact(all, one) : all), 0);
  const score = parts.reduce(addChecked, 0);
  const { minimum } = challenge;
  const low = minimum !== null && score < minimum ? 'below-minimum' : null;
  const reason = out ?? reasonOf(challenge, gains) ?? low;
  const exact = writeExact(sum);
  return { score, exact, parts, held: shownExact(held), reason, reachedAt: reached };
}

/** Without a rank is who has no value in any of the rules that give one. */
function reasonOf({ rules }: CompiledChallenge, gains: readonly Gain[]): ScoreReason | null {
  const scoring = gains.filter((_gain, index) => {
    const rule = rules[index]?.rule;
    return rule !== undefined && !ruleTypeOf(rule).gate;
  });
  if (scoring.some(({ reason }) => reason === null)) return null;
  return scoring[0]?.reason ?? null;
}

/** How everybody stands, by subject. */
export type Standings = ReadonlyMap<string, Pick<Pass, 'standings'>>;

/** Who stands where in a rule, the best first; nobody in one that gives no places. */
export function placesIn(compiled: CompiledRule, index: number, everybody: Standings): Place[] {
  const { places } = ruleTypeOf(compiled.rule);
  if (!places) return [];
  const direction = directionOf(compiled);
  const standings = [...everybody].flatMap(([id, { standings: own }]) => {
    const standing = own[index];
    return standing ? [{ id, standing }] : [];
  });
  return placesOf(standings, (a, b) => places.compare(a, b, direction));
}

/** What the places of each rule bring: subject → rule → score. The second pass, over everybody. */
export function bonusesOf(
  challenge: CompiledChallenge,
  everybody: Standings,
): Map<string, Map<number, Exact>> {
  const found = new Map<string, Map<number, Exact>>();
  challenge.rules.forEach((compiled, index) => {
    const scores = ruleTypeOf(compiled.rule).places?.scores(compiled.rule) ?? [];
    for (const place of placesIn(compiled, index, everybody)) {
      if (place.place > scores.length) break;
      for (const id of place.ids) {
        const known = found.get(id) ?? new Map<number, Exact>();
        found.set(id, known.set(index, bonusOf(place, scores)));
      }
    }
  });
  return found;
}

/** The scores of everybody who takes part. */
export function scoresOf(
  challenge: CompiledChallenge,
  subjects: ReadonlyMap<string, Facts>,
): Map<string, Score> {
  const passes = new Map([...subjects].map(([id, facts]) => [id, passOf(challenge, facts)]));
  const bonuses = bonusesOf(challenge, passes);
  return new Map(
    [...passes].map(([id, pass]) => [id, scoreFrom(challenge, pass, bonuses.get(id))]),
  );
}
