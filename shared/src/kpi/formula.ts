import jsep from 'jsep';
import { fromScaled, minus, over, plus, times, type Fraction } from '../quantity/fraction.js';
import { addChecked, parseScaled } from '../quantity/scaled.js';
import { added, dimensionOf, divided, multiplied, unitOf } from './unit.js';
import type { Dimension, Unit } from './unit.js';

/** What a formula reads of a measure. */
export type Field = 'sum' | 'count';

const operators = { '+': 'sum', '-': 'difference', '*': 'product', '/': 'quotient' } as const;
type Operation = (typeof operators)[keyof typeof operators];

/** A formula over named measures, parsed; never evaluated as code. `at` is where it stands. */
export type Formula =
  | { kind: 'measure'; name: string; field: Field; at: number }
  | { kind: 'number'; scaled: number; at: number }
  | { kind: Operation; left: Formula; right: Formula; at: number };

/** What a name of a formula means: a sum, or a sum over a count (`of` days, or of what is shared). */
export interface Name {
  reads: 'sum' | 'ratio';
  unit: Unit;
}

export type FormulaResult =
  { ok: true; formula: Formula; unit: Unit } | { ok: false; at: number; detail: string };

class Refused extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/** As they are written by hand; each stands for one character. */
const signs: Record<string, string> = { '×': '*', '÷': '/', '−': '-', '–': '-' };

/**
 * Walks the tree from left to right. Names, numbers and signs come in the order of the text, so
 * that counting them says where each stands: the parser does not.
 */
function translate(text: string, names: ReadonlyMap<string, Name>): Formula {
  const places = [...text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*|[\d.]+|[^\s()]/gu)];
  let place = 0;
  const next = () => places[place++]?.index ?? text.length;

  const walk = (node: jsep.Expression): Formula => {
    if (node.type === 'BinaryExpression') {
      const { operator, left, right } = node as jsep.BinaryExpression;
      const before = walk(left);
      const at = next();
      const kind = operators[operator as keyof typeof operators];
      if (!kind) throw new Refused(at, `a formula knows + − × ÷ and parentheses, not ${operator}`);
      return { kind, left: before, right: walk(right), at };
    }
    const at = next();
    if (node.type === 'Identifier') return measure((node as jsep.Identifier).name, at);
    const scaled =
      node.type === 'Literal' ? parseScaled(String((node as jsep.Literal).raw)) : undefined;
    if (scaled === undefined) {
      throw new Refused(at, 'a formula is made of measures, numbers, + − × ÷ and parentheses');
    }
    return { kind: 'number', scaled, at };
  };

  const measure = (name: string, at: number): Formula => {
    const known = names.get(name);
    if (!known) throw new Refused(at, `no measure is called ${name}`);
    const of = (field: Field): Formula => ({ kind: 'measure', name, field, at });
    if (known.reads === 'sum') return of('sum');
    return { kind: 'quotient', left: of('sum'), right: of('count'), at };
  };

  return walk(jsep(text));
}

/** @throws Refused at the sign whose sides do not go together */
function dimensionIn(formula: Formula, names: ReadonlyMap<string, Name>): Dimension {
  if (formula.kind === 'number') return dimensionOf('number');
  if (formula.kind === 'measure') {
    const known = names.get(formula.name);
    return dimensionOf(formula.field === 'count' || !known ? 'count' : known.unit);
  }
  const [left, right] = [formula.left, formula.right].map((side) => dimensionIn(side, names)) as [
    Dimension,
    Dimension,
  ];
  if (formula.kind === 'product') return multiplied(left, right);
  if (formula.kind === 'quotient') return divided(left, right);
  const both = added(left, right);
  if (both) return both;
  const [a, b] = [left, right].map((side) => unitOf(side) ?? 'something without a name');
  const verb = formula.kind === 'sum' ? 'be added to' : 'be taken from';
  throw new Refused(formula.at, `${b} cannot ${verb} ${a}`);
}

/**
 * Parses a formula such as `won / (won + lost)` over the given names and checks its units.
 * @returns the tree and its unit, or what is wrong and the character at which it was noticed
 */
export function parseFormula(text: string, names: ReadonlyMap<string, Name>): FormulaResult {
  try {
    const plain = text.replaceAll(/[×÷−–]/g, (sign) => signs[sign] ?? sign);
    const formula = translate(plain, names);
    const unit = unitOf(dimensionIn(formula, names));
    if (!unit) throw new Refused(formula.at, 'the result has no unit that can be shown');
    return { ok: true, formula, unit };
  } catch (error) {
    const { at, index } = error as { at?: number; index?: number };
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, at: at ?? index ?? 0, detail };
  }
}

/** The unit of a part of a formula that has been read; undefined where it has no name. */
export const unitIn = (formula: Formula, names: ReadonlyMap<string, Name>): Unit | undefined =>
  unitOf(dimensionIn(formula, names));

/** The measures that a formula names, each once. */
export function namesIn(formula: Formula): Set<string> {
  if (formula.kind === 'number') return new Set();
  if (formula.kind === 'measure') return new Set([formula.name]);
  return new Set([...namesIn(formula.left), ...namesIn(formula.right)]);
}

/**
 * Whether a formula adds a measure (1) or takes it away (−1): net revenue takes refunds away. Of a
 * quotient each side speaks for itself; a measure that is not named counts as added.
 */
export function signIn(formula: Formula, name: string): 1 | -1 {
  const found = (part: Formula, sign: 1 | -1): 1 | -1 | undefined => {
    if (part.kind === 'number') return undefined;
    if (part.kind === 'measure') return part.name === name ? sign : undefined;
    const other = part.kind === 'difference' ? (-sign as 1 | -1) : sign;
    return found(part.left, sign) ?? found(part.right, other);
  };
  return found(formula, 1) ?? 1;
}

/** The exact value; undefined where something is divided by nothing. */
export function evaluate(
  formula: Formula,
  read: (measure: string, field: Field) => number,
): Fraction | undefined {
  if (formula.kind === 'number') return fromScaled(formula.scaled);
  if (formula.kind === 'measure') return fromScaled(read(formula.name, formula.field));
  const left = evaluate(formula.left, read);
  const right = evaluate(formula.right, read);
  if (!left || !right) return undefined;
  if (formula.kind === 'sum') return plus(left, right);
  if (formula.kind === 'difference') return minus(left, right);
  if (formula.kind === 'product') return times(left, right);
  return right.n === 0n ? undefined : over(left, right);
}

/** True for sums and differences of sums: then the days of a window add up. */
export function isAdditive(formula: Formula): boolean {
  if (formula.kind === 'measure') return formula.field === 'sum';
  if (formula.kind !== 'sum' && formula.kind !== 'difference') return false;
  return isAdditive(formula.left) && isAdditive(formula.right);
}

/**
 * The value of an additive formula in 1/10 000, given the scaled sum of each measure it names.
 * @throws RangeError when it leaves the safe range, or when the formula does not add up
 */
export function addUp(formula: Formula, sumOf: (measure: string) => number): number {
  if (formula.kind === 'measure') return sumOf(formula.name);
  if (formula.kind !== 'sum' && formula.kind !== 'difference') {
    throw new RangeError(`a ${formula.kind} does not add up`);
  }
  const left = addUp(formula.left, sumOf);
  const right = addUp(formula.right, sumOf);
  return addChecked(left, formula.kind === 'sum' ? right : -right);
}
