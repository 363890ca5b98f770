// Habits that can be read off a file. Each rule carries a fault of its own, to show that it can fail.

export interface TextRule {
  readonly name: string;
  applies(file: string): boolean;
  /** What is wrong, in words; nothing if all is well. */
  faults(file: string, text: string): string[];
  readonly planted: readonly { file: string; text: string }[];
}

const isCode = (file: string) => /\.(ts|mjs|vue)$/.test(file);
const isTest = (file: string) => file.startsWith('test/') || /\.(spec|arbitrary)\.ts$/.test(file);
const isProduct = (file: string) => /^(shared|server|client)\/src\//.test(file) && isCode(file);
const isMigration = (file: string) => file.startsWith('server/src/migrations/');
// These files speak of what they forbid.
const isHouse = (file: string) => file.startsWith('test/house/');

const lines = (count: number) => 'x\n'.repeat(count);
const countLines = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

export function matches(text: string, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}: ${line.trim()}`] : []));
}

const limitOf = (file: string) => (file.endsWith('.vue') ? 200 : isTest(file) ? 400 : 300);

const size: TextRule = {
  name: 'a file fits in the head: 300 lines, a test 400, a component 200',
  applies: (file) => isCode(file) && !isMigration(file),
  faults: (file, text) =>
    countLines(text) > limitOf(file) ? [`${countLines(text)} lines, at most ${limitOf(file)}`] : [],
  planted: [
    { file: 'server/src/kpi/long.ts', text: lines(301) },
    { file: 'test/api/long.spec.ts', text: lines(401) },
    { file: 'client/src/ui/LongCard.vue', text: lines(201) },
  ],
};

const environment: TextRule = {
  name: 'only the configuration reads the environment',
  applies: (file) => isProduct(file) && file !== 'server/src/platform/config.ts',
  faults: (_, text) => matches(text, /process\s*\.\s*env|\benv\s*\}\s*=\s*process\b/),
  planted: [{ file: 'server/src/kpi/kpi.service.ts', text: `const port = process.env['PORT'];` }],
};

const escapes: TextRule = {
  name: 'nobody silences the compiler or the linter',
  applies: (file) => isCode(file) && !isHouse(file),
  faults: (_, text) =>
    matches(text, /\bas any\b|<any>|@ts-(ignore|nocheck)|(eslint|oxlint)-disable/),
  planted: ['x as any', '// @ts-ignore', '/* eslint-disable */', '// oxlint-disable-next-line'].map(
    (text) => ({ file: 'client/src/board/board.store.ts', text }),
  ),
};

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|mjs)$/;
const PASCAL = /^[A-Z][A-Za-z0-9]+\.vue$/;
const MIGRATION = /^\d+-[A-Za-z0-9-]+\.ts$/;
const VAGUE = /^(utils?|helpers?|manager|common|data|info|misc)$/i;

function nameFaults(file: string): string[] {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  const shape = name.endsWith('.vue') ? PASCAL : isMigration(file) ? MIGRATION : KEBAB;
  const stem = name.split('.')[0] ?? '';
  const last = stem.split(/-|(?<=[a-z0-9])(?=[A-Z])/).at(-1) ?? '';
  // `data-source` says what it is; `data`, or a `-helper`, does not.
  const vague = [...parts.slice(0, -1), stem, last].filter((word) => VAGUE.test(word));
  return [
    ...(shape.test(name) ? [] : [`${name} is not spelt as names are here`]),
    ...vague.map((word) => `"${word}" says nothing`),
  ];
}

const names: TextRule = {
  name: 'a file is called by its noun: kebab-case, a component PascalCase',
  applies: (file) => isProduct(file) || (file.startsWith('test/') && isCode(file)),
  faults: nameFaults,
  planted: [
    'shared/src/kpi/kpiFormula.ts',
    'client/src/ui/card.vue',
    'server/src/common/day.ts',
    'server/src/kpi/kpi-helper.ts',
    'client/src/board/BoardInfo.vue',
    'shared/src/kpi/utils.ts',
  ].map((file) => ({ file, text: '' })),
};

const place = (...parts: string[]) => ({ file: 'docs/operations.md', text: parts.join('/') });

const machine: TextRule = {
  name: 'nothing names a folder of one machine',
  applies: (file) => file !== 'pnpm-lock.yaml' && !/\.(png|jpe?g|woff2?|ico|gif|webp)$/.test(file),
  faults: (_, text) =>
    matches(text, /(?<![\w.:/])\/(home|Users|root|work)\/[\w.-]+|[A-Z]:\\Users\\/),
  planted: [place('cd ', 'home', 'ana', 'palmares'), place('cd ', 'Users', 'ana')],
};

const waits: TextRule = {
  name: 'a test waits for what happens, never for time to pass',
  applies: (file) => file.endsWith('.spec.ts'),
  faults: (file, text) =>
    isHouse(file) ? [] : matches(text, /timers\/promises|\bsleep\(|new Promise.*setTimeout\(/),
  planted: [{ file: 'test/api/a.spec.ts', text: 'await new Promise((r) => setTimeout(r, 500));' }],
};

export const textRules: readonly TextRule[] = [size, environment, escapes, names, machine, waits];
