import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { analyse } from 'scslre';
import { read, sourceFiles } from './tree.js';

/**
 * Made of what is known when the server starts: names of fields, addresses of routes. Their
 * alternatives are fixed words, and what lies between is a class that ends where the next begins.
 */
const MADE = ['shared/src/import/field.ts', 'server/src/http/methods.ts'];

const isSource = (file: string) =>
  /^(?:shared|server)\/src\/.+\.ts$/.test(file) && !/\.(?:spec|arbitrary)\.ts$/.test(file);

type Node = Record<string, unknown>;

/** Every node of a tree, whatever it hangs on. */
function* nodes(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const child of Object.values(value)) yield* nodes(child);
}

/** Patterns of a text that may take longer than in proportion to what they look at. */
function slowPatterns(file: string, text: string): string[] {
  const tree = parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' });
  return [...nodes(tree)].flatMap((node) => {
    if (node['type'] === 'RegExpLiteral') {
      const { pattern, flags } = node as { pattern: string; flags: string };
      const { reports } = analyse(new RegExp(pattern, flags));
      return reports.length > 0 ? [`/${pattern}/${flags}`] : [];
    }
    const callee = node['callee'] as Node | undefined;
    const makes = node['type'] === 'NewExpression' && callee?.['value'] === 'RegExp';
    return makes && !MADE.includes(file) ? ['new RegExp'] : [];
  });
}

describe('a pattern that reads foreign text', () => {
  it('takes no longer than in proportion to the text', () => {
    const files = sourceFiles().filter(isSource);
    expect(files.length).toBeGreaterThan(300);
    const slow = files.flatMap((file) =>
      slowPatterns(file, read(file)).map((pattern) => `${file}: ${pattern}`),
    );
    expect(slow).toEqual([]);
  });

  it.each([
    [String.raw`export const shorten = (text: string) => text.replace(/\.?0*$/, '');`],
    [String.raw`const isEmail = (text: string) => /^\S+@\S+\.\S+$/.test(text);`],
    ['class A { @Is() name = /^(a+)+$/; }'],
    ['const made = (text: string) => new RegExp(`^${text}$`);'],
  ])('is found when it does: %s', (text) => {
    expect(slowPatterns('shared/src/planted.ts', text)).toHaveLength(1);
  });
});
