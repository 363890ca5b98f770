import { describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import path from 'node:path';
import {
  brokenLinks,
  decisionFaults,
  environmentFaults,
  unknownCommands,
  unknownScripts,
  type Documents,
} from './document-rule.js';
import { read, root, sourceFiles } from './tree.js';

const INDEX = 'docs/architecture.md';
const documents: Documents = new Map(
  sourceFiles()
    .filter((file) => file.endsWith('.md'))
    .map((file) => [file, read(file)]),
);
const operations = read('docs/operations.md');
const config = read('server/src/platform/config.ts');
const composition = read('docker-compose.yml');

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
const commands = [
  ...read('server/src/cli/commands.ts').matchAll(/^ {2}'?([a-z:]+)'?: command\(/gm),
];
const commandNames = commands.map(([, name = '']) => name);
const exists = (file: string) => fs.existsSync(path.join(root, file));

describe('the documents', () => {
  it('are those that a reader looks for', () => {
    const wanted = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', INDEX, 'docs/glossary.md'];
    expect(wanted.filter((file) => !documents.has(file))).toEqual([]);
  });

  it('link to nothing but what resolves', () => {
    expect(brokenLinks(documents, exists)).toEqual([]);
  });

  it('name scripts that exist', () => {
    expect(unknownScripts(documents, scripts)).toEqual([]);
  });

  it('name commands that exist', () => {
    expect(commandNames).toContain('import');
    expect(unknownCommands(documents, commandNames)).toEqual([]);
  });

  it('tell the operator of every variable that the server reads, and of no other', () => {
    expect(environmentFaults(operations, config, composition)).toEqual([]);
  });

  it('number each decision once and list it in the architecture', () => {
    expect(decisionFaults(documents, INDEX)).toEqual([]);
    expect([...documents.keys()].some((file) => file.startsWith('docs/decisions/'))).toBe(true);
  });
});

describe('a planted fault in the documents is found:', () => {
  const one = (text: string, file = 'docs/a.md'): Documents => new Map([[file, text]]);

  it.each([
    ['[a](b.md)', 'docs/a.md: b.md is not there'],
    ['# One\n[a](#two)', 'docs/a.md: #two names no heading'],
    ['<img alt="x" src="c.png">', 'docs/a.md: c.png is not there'],
  ])('the link of %j', (text, fault) => {
    expect(brokenLinks(one(text), (file) => file === 'docs/a.md')).toEqual([fault]);
  });

  it.each(['[a](https://example.com)', '# One, two: `x`\n[a](#one-two-x)', '`[a](b.md)`'])(
    'but not in %j',
    (text) => {
      expect(brokenLinks(one(text), (file) => file === 'docs/a.md')).toEqual([]);
    },
  );

  it('a script and a command', () => {
    const text = 'npm run dive, npm run -s cli -- sing --loud, npm start, npm run -s cli -- …';
    expect(unknownScripts(one(text), ['cli', 'start'])).toEqual(['docs/a.md: there is no dive']);
    expect(unknownCommands(one(text), ['import'])).toEqual(['docs/a.md: there is no sing']);
  });

  it('a variable on either side, or on none', () => {
    const table = '| `PORT` | x |\n| `PROT` | x |\n`HOTS`, `SECRET`, `SIGTERM`\n';
    const schema = '    PORT: z.string(),\n    HOST: z.string(),\n';
    const composed = '      PORT: 3000\n      POSTGRES_USER: x\n      PIPE: ${SECRET:-}\n';
    expect(environmentFaults(table, schema, composed)).toEqual([
      'HOST is not explained',
      'PROT is not read',
      'PIPE is given for nothing',
      'PROT is nobody’s',
      'HOTS is nobody’s',
    ]);
  });

  it('a decision', () => {
    const pages: Documents = new Map([
      [INDEX, '[Right](decisions/0001-right.md)'],
      ['docs/decisions/0001-right.md', '# 1. Right\n'],
      ['docs/decisions/0001-wrong.md', '# 2. Wrong\n'],
    ]);
    expect(decisionFaults(pages, INDEX)).toEqual([
      '0001-wrong.md has the number of 0001-right.md',
      '0001-wrong.md is not headed 1.',
      `0001-wrong.md is not in ${INDEX}`,
    ]);
  });
});
