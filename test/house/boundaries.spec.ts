import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, roomCycle, type Cruise } from './cruise.js';
import { root, sourceFiles } from './tree.js';

const { tiers } = (await import(path.join(root, '.dependency-cruiser.mjs'))) as {
  tiers: string[][];
};
const inside = (folders: string[]) => (file: string) =>
  folders.some((folder) => file.startsWith(`${folder}/`)) && /(?<!\.d)\.(ts|mjs|vue)$/.test(file);

describe('who may import whom', () => {
  const folders = ['shared/src', 'server/src', 'client/src', 'test'].filter((folder) =>
    sourceFiles().some(inside([folder])),
  );
  let found: Cruise;

  beforeAll(() => {
    found = cruise(root, folders);
  });

  it('is kept by every import of the tree', () => {
    expect(found.violations).toEqual([]);
  });

  it('is judged on every source file there is', () => {
    const seen = found.modules.map((module) => module.source);
    expect(sourceFiles().filter(inside(folders))).toEqual(
      seen.filter(inside(folders)).sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  it('lets no room of shared come back to itself', () => {
    expect(roomCycle(found.modules, 'shared/src/')).toBeUndefined();
  });

  it('knows every room of the server', () => {
    const rooms = sourceFiles()
      .filter((file) => /^server\/src\/[^/]+\//.test(file))
      .map((file) => file.split('/')[2] ?? '');
    expect([...new Set(rooms)].filter((room) => !tiers.flat().includes(room))).toEqual([]);
  });
});

describe('a planted fault', () => {
  const files: Record<string, string> = {
    'package.json': '{ "type": "module" }',
    'shared/package.json': '{ "type": "module" }',
    'shared/src/kpi/impure.ts': `import 'node:fs';`,
    'shared/src/kpi/loop.ts': `import type { B } from './pool.js'; export type A = B;`,
    'shared/src/kpi/pool.ts': `import type { A } from './loop.js'; export type B = A;`,
    'shared/src/kpi/astray.ts': `import './nowhere.js';`,
    'shared/src/kpi/kpi.spec.ts': `import 'node:net';`,
    'shared/src/kpi/peek.ts': `import './kpi.spec.js';`,
    'shared/src/kpi/kpi.arbitrary.ts': `export const any = 1;`,
    'shared/src/kpi/guess.ts': `import './kpi.arbitrary.js';`,
    'server/package.json': '{ "type": "module", "devDependencies": { "tool": "1" } }',
    'server/node_modules/tool/package.json': '{ "name": "tool", "main": "index.js" }',
    'server/node_modules/tool/index.js': '',
    'node_modules/stray/package.json': '{ "name": "stray", "main": "index.js" }',
    'node_modules/stray/index.js': '',
    'server/src/main.ts': `import './people/people.store.js';`,
    'server/src/people/people.store.ts': `export const all = 1;`,
    'server/src/people/people.service.ts': `import '../badge/badge.service.js';`,
    'server/src/people/people.module.ts': `import '../main.js';`,
    'server/src/badge/badge.service.ts': `import '../people/people.store.js';`,
    'server/src/badge/with-tool.ts': `import 'tool';`,
    'server/src/badge/with-stray.ts': `import 'stray';`,
    'server/src/platform/wide.ts': `import type { C } from '../../../client/src/ui/Card.js';`,
    'client/package.json': '{ "type": "module" }',
    'client/src/ui/Card.ts': `export type C = 1;`,
    'client/src/ui/Knows.vue': `<script setup lang="ts">import '../board/board';</script>`,
    'client/src/board/board.ts': `import type {} from '../../../server/src/main.js';`,
    'client/src/board/line.ts': `import 'chart.js';`,
    'client/node_modules/chart.js/package.json': '{ "name": "chart.js", "main": "index.js" }',
    'client/node_modules/chart.js/index.js': '',
  };
  let tree: string;
  let caught: string[];

  beforeAll(() => {
    tree = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-house-')));
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      fs.writeFileSync(path.join(tree, file), text);
    }
    caught = cruise(tree, ['shared/src', 'server/src', 'client/src']).violations;
  });

  afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

  it.each([
    ['shared-is-pure', 'shared/src/kpi/impure.ts'],
    ['shared-specs-are-pure', 'shared/src/kpi/kpi.spec.ts'],
    ['no-cycles', 'shared/src/kpi/loop.ts'],
    ['unresolvable', 'shared/src/kpi/astray.ts'],
    ['spec-is-a-leaf', 'shared/src/kpi/peek.ts'],
    ['product-knows-no-test', 'shared/src/kpi/guess.ts'],
    ['root-knows-no-store', 'server/src/main.ts'],
    ['not-upward-from-auth', 'server/src/people/people.service.ts'],
    ['not-upward-from-auth', 'server/src/people/people.module.ts'],
    ['store-stays-in-room', 'server/src/badge/badge.service.ts'],
    ['tool-in-product', 'server/src/badge/with-tool.ts'],
    ['undeclared', 'server/src/badge/with-stray.ts'],
    ['server-never-client', 'server/src/platform/wide.ts'],
    ['client-never-server', 'client/src/board/board.ts'],
    ['neutral-knows-no-room', 'client/src/ui/Knows.vue'],
    ['chart-library-in-chart', 'client/src/board/line.ts'],
  ])('against %s is caught in %s', (rule, file) => {
    expect(caught.filter((line) => line.startsWith(`${rule}: ${file} `))).not.toEqual([]);
  });

  it('that leads round between rooms is found, though no two files do', () => {
    const modules = [
      { source: 'shared/src/a/one.ts', imports: ['shared/src/b/one.ts'] },
      { source: 'shared/src/b/one.ts', imports: ['zod'] },
      { source: 'shared/src/b/two.ts', imports: ['shared/src/a/two.ts'] },
      { source: 'shared/src/a/two.ts', imports: ['shared/src/a/one.ts'] },
    ];
    expect(roomCycle(modules, 'shared/src/')).toEqual(['a', 'b', 'a']);
    expect(roomCycle(modules.slice(0, 2), 'shared/src/')).toBeUndefined();
  });
});
