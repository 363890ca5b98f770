import { describe, expect, it } from '@jest/globals';
import {
  actions,
  mayOpen,
  openingScopes,
  policy,
  type Action,
} from '@palmares/shared/access/policy';
import { roles, type Role } from '@palmares/shared/people/member';
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

  it('has no action that no route, page or service uses', () => {
    const texts = product.filter((file) => file !== POLICY).map(read);
    const unused = actions.filter((action) => !texts.some((text) => text.includes(`'${action}'`)));
    expect(unused).toEqual([]);
  });

  it('stands in the document as it is', () => {
    expect(rowsOf(read(PAGE))).toEqual(actions.map(row));
  });
});

/** Pages of the navigation with their actions, from the files of routes. */
const destinations = product
  .filter((file) => file.endsWith('.routes.ts'))
  .flatMap((file) => [
    ...read(file).matchAll(/name: '([a-z-]+)',[^{}]*\{ action: '([^']+)', icon/g),
  ])
  .map(([, name = '', action = '']) => ({ name, action: action as Action }));

describe('the navigation leads', () => {
  const shared = ['cockpit', 'disputes', 'kpis', 'members', 'studio', 'targets', 'teams'];

  it.each<[Role, string[]]>([
    ['rep', ['challenges', 'kpis', 'my-disputes', 'points', 'today']],
    ['manager', [...shared, 'challenges']],
    ['hr', ['audit', 'budgets']],
    ['admin', [...shared, 'audit', 'imports', 'keys', 'settings']],
  ])('a %s to its pages', (role, expected) => {
    const found = destinations.filter(({ action }) => mayOpen(action, [role]));
    expect(found.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
  });

  it('an operator without an organisation to the organisations', () => {
    const found = destinations.filter(({ action }) => mayOpen(action, [], true));
    expect(found.map(({ name }) => name)).toEqual(['organisations']);
  });
});
