import jsep from 'jsep';
import { addChecked } from '../quantity/scaled.js';

/** A formula over named measures, parsed; never evaluated as code. */
export type Formula =
  { kind: 'measure'; name: string } | { kind: 'sum' | 'difference'; left: Formula; right: Formula };

export type FormulaResult =
  { ok: true; formula: Formula } | { ok: false; at: number; detail: string };

class Refused extends Error {}

function translate(node: jsep.Expression, names: ReadonlySet<string>): Formula {
  if (node.type === 'Identifier') {
    const { name } = node as jsep.Identifier;
    if (!names.has(name)) throw new Refused(`no measure is called ${name}`);
    return { kind: 'measure', name };
  }
  if (node.type === 'BinaryExpression') {
    const { operator, left, right } = node as jsep.BinaryExpression;
    const kind = operator === '+' ? 'sum' : operator === '-' ? 'difference' : undefined;
    if (kind) return { kind, left: translate(left, names), right: translate(right, names) };
  }
  throw new Refused('a formula adds and subtracts measures');
}

/**
 * Parses a formula such as `sales - refunds` over the given measure names.
 * @returns the tree, or what is wrong and the character at which it was noticed
 */
export function parseFormula(text: string, names: Iterable<string>): FormulaResult {
  try {
    return { ok: true, formula: translate(jsep(text), new Set(names)) };
  } catch (error) {
    const at = (error as { index?: number }).index ?? 0;
    return { ok: false, at, detail: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The value of a formula, given the scaled sum of each measure it names.
 * @throws RangeError when it leaves the safe range
 */
export function evaluate(formula: Formula, sumOf: (measure: string) => number): number {
  if (formula.kind === 'measure') return sumOf(formula.name);
  const left = evaluate(formula.left, sumOf);
  const right = evaluate(formula.right, sumOf);
  return addChecked(left, formula.kind === 'sum' ? right : -right);
}
