import { describe, expect, it } from '@jest/globals';
import { actions, openingScopes, policy, type Action } from '@palmares/shared/access/policy';
import { roles } from '@palmares/shared/people/member';
import { read, sourceFiles } from './tree.js';

const POLICY = 'shared/src/access/policy.ts';
const PAGE = 'docs/access.md';

const product = sourceFiles().filter(
  (file) => /^(shared|server|client)\/src\/.+\.(ts|vue)$/.test(file) && !file.endsWith('.spec.ts'),
);

/** The row of an action in the document. */
function row(action: Action): string {
  const { roles: named, scopes, others } = policy[action];
  const cells = [
    `\`${action}\``,
    ...roles.map((role) => named?.[role] ?? ''),
    openingScopes(scopes)
      .map((scope) => `\`${scope}\``)
      .join(' '),
    others ?? '',
  ];
  return cells.join(' | ');
}

/** Rows of the tables of a document, without the padding that the formatter adds. */
const rowsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim())
        .join(' | '),
    );

describe('the policy', () => {
  it('names an action by its noun and its verb', () => {
    expect(actions.filter((action) => !/^[a-z]+(-[a-z]+)*\.[a-z]+$/.test(action))).toEqual([]);
  });

  it('lets at least one caller do each action', () => {
    expect(actions.filter((action) => Object.keys(policy[action]).length === 0)).toEqual([]);
  });

  it('has no action that neither a route nor a page uses', () => {
    const texts = product.filter((file) => file !== POLICY).map(read);
    const unused = actions.filter((action) => !texts.some((text) => text.includes(`'${action}'`)));
    expect(unused).toEqual([]);
  });

  it('stands in the document as it is', () => {
    expect(rowsOf(read(PAGE))).toEqual(actions.map(row));
  });
});
