// Who may import whom (docs/architecture.md). The house tests run this and plant faults against it.

/** The server's rooms, from the ground up: a room may use those of its own tier and below. */
export const tiers = [
  ['platform'],
  ['http', 'live'],
  ['auth', 'people', 'activity', 'kpi', 'target', 'ledger', 'audit'],
  ['challenge', 'loyalty', 'badge', 'referral', 'reward', 'survey', 'dispute'],
  ['board', 'notification'],
  ['intake', 'import', 'connector', 'backup'],
  ['demo', 'cli', 'migrations'],
];

// Generators lie beside the specs that use them, and like these are no part of the product.
const SPEC = '\\.(spec|arbitrary)\\.ts$';
const NEUTRAL = ['ui', 'chart', 'format', 'http', 'live', 'i18n'];
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const rooms = (names) => `^server/src/(${names.join('|')})/`;

const upward = tiers.slice(0, -1).map((names, tier) => ({
  name: `not-upward-from-${names[0]}`,
  severity: 'error',
  from: { path: rooms(names) },
  to: { path: [rooms(tiers.slice(tier + 1).flat()), '^server/src/[^/]+$'] },
}));

const pure = ['zod', 'jsep'];

const rule = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    ...upward,
    rule('no-cycles', {}, { circular: true }),
    rule('unresolvable', {}, { couldNotResolve: true }),
    rule('undeclared', { pathNot: '^[^/]+$' }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    rule(
      'tool-in-product',
      { path: '^(shared|server)/src', pathNot: SPEC },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'shared-is-pure',
      { path: '^shared/src', pathNot: SPEC },
      { pathNot: ['^shared/src', packages(...pure)] },
    ),
    rule(
      'shared-specs-are-pure',
      { path: `^shared/src.*${SPEC}` },
      { pathNot: ['^shared/src', packages(...pure, '@jest/globals', 'fast-check')] },
    ),
    rule('spec-is-a-leaf', {}, { path: '\\.spec\\.ts$' }),
    rule('product-knows-no-test', { pathNot: [SPEC, '^test/'] }, { path: SPEC }),
    rule('client-never-server', { path: '^client' }, { path: '^(server|test)/' }),
    rule('server-never-client', { path: '^server' }, { path: '^(client|test)/' }),
    rule(
      'store-stays-in-room',
      { path: '^server/src/([^/]+)/' },
      { path: '^server/src/.+[./]store\\.ts$', pathNot: '^server/src/$1/' },
    ),
    rule('root-knows-no-store', { path: '^server/src/[^/]+$' }, { path: '[./]store\\.ts$' }),
    rule(
      'neutral-knows-no-room',
      { path: `^client/src/(${NEUTRAL.join('|')})/` },
      { path: `^client/src/(?!${NEUTRAL.map((name) => `${name}/`).join('|')})` },
    ),
    rule(
      'chart-library-in-chart',
      { path: '^client/src', pathNot: '^client/src/chart/' },
      { path: packages('chart\\.js') },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'types', 'import', 'default'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.json'],
    },
  },
};
