// Jest as ES modules. The server and `shared` are their built selves, as in production; only tests
// and the units beside the code of `shared` and the client are compiled on the fly (checked by tsc
// elsewhere).
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const test = import.meta.dirname;
const root = path.resolve(test, '..');

const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

const relative = { '^(\\.{1,2}/.*)\\.js$': '$1' };

const project = (displayName, folders, more = {}) => ({
  displayName,
  rootDir: root,
  roots: [folders].flat().map((folder) => path.join(root, folder)),
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': [createRequire(import.meta.url).resolve('@swc/jest'), swc] },
  moduleNameMapper: relative,
  // A clone elsewhere in the tree, or a build, has packages of the same names.
  modulePathIgnorePatterns: ['<rootDir>/.data', '<rootDir>/.cache', '<rootDir>/client/dist'],
  ...more,
});

// One PostgreSQL for all of them; the two others never start it.
const database = {
  resolver: path.join(test, 'support/built-shared.cjs'),
  setupFiles: [path.join(test, 'support/decorators.mjs')],
  moduleNameMapper: {
    ...relative,
    '^content-disposition$': path.join(test, 'support/esm-of-static.cjs'),
  },
  globalSetup: path.join(test, 'support/cluster-up.mjs'),
  globalTeardown: path.join(test, 'support/cluster-down.mjs'),
};

export default {
  rootDir: root,
  maxWorkers: 2,
  testTimeout: 60_000,
  // Jest refuses a folder that is not there yet, and git keeps no empty ones.
  projects: [
    project('unit', ['shared/src', 'client/src']),
    project('house', 'test/house'),
    project('api', 'test/api', database),
    project('law', 'test/law', database),
    project('journey', 'test/journey', database),
  ].filter((one) => existsSync(one.roots[0])),
};
