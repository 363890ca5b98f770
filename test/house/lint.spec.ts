import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './tree.js';

const long = `export function long() {\n${'  void 0;\n'.repeat(61)}}\n`;

const planted: Record<string, string> = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true }, "include": ["*.ts"] }',
  'loose.ts': 'export const loose: any = 1;\n',
  'floating.ts': 'async function go() {}\nexport function start() {\n  go();\n}\n',
  'long.ts': long,
  'half.ts': `export function half(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n  }\n}\n`,
  'round-one.ts': `import './round-two.js';\nexport const one = 1;\n`,
  'round-two.ts': `import './round-one.js';\nexport const two = 2;\n`,
  'Loose.vue': '<script setup lang="ts">\nconst loose: any = 1;\nvoid loose;\n</script>\n',
};

describe('the linter, set as it is here,', () => {
  let tree: string;
  let said: string;

  beforeAll(() => {
    tree = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-lint-')));
    for (const [file, text] of Object.entries(planted)) {
      fs.writeFileSync(path.join(tree, file), text);
    }
    const options = ['-c', path.join(root, '.oxlintrc.json'), '--type-aware', '--format=unix'];
    const bin = path.join(root, 'node_modules/.bin');
    said = spawnSync(path.join(bin, 'oxlint'), options, {
      cwd: tree,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` },
    }).stdout;
  });

  afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

  it.each([
    ['loose.ts', 'no-explicit-any'],
    ['Loose.vue', 'no-explicit-any'],
    ['floating.ts', 'no-floating-promises'],
    ['long.ts', 'max-lines-per-function'],
    ['half.ts', 'switch-exhaustiveness-check'],
    ['round-one.ts', 'no-cycle'],
  ])('finds in %s what %s forbids', (file, rule) => {
    const lines = said.split('\n').filter((line) => line.includes(file));
    expect(lines.join('\n')).toContain(rule);
  });
});
