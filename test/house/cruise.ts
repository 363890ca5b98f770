import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './tree.js';

export interface Cruise {
  /** Our own modules, with what each imports. */
  modules: { source: string; imports: string[] }[];
  /** `rule: from -> to` */
  violations: string[];
}

interface Report {
  modules: { source: string; dependencies: { resolved: string }[] }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
}

/** Reads the imports of these folders of a tree, by the rules of this one. */
export function cruise(tree: string, folders: string[]): Cruise {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.mjs');
  const options = ['--config', config, '--output-type', 'json', ...folders];
  const run = spawnSync(process.execPath, [program, ...options], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (run.stdout === '') throw new Error(run.stderr);
  const report = JSON.parse(run.stdout) as Report;
  return {
    modules: report.modules
      .filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`)))
      .map((m) => ({ source: m.source, imports: m.dependencies.map((d) => d.resolved) })),
    violations: report.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`),
  };
}

/** A way round from a room to itself, or nothing; a room is a first folder below `base`. */
export function roomCycle(modules: Cruise['modules'], base: string): string[] | undefined {
  const roomOf = (file: string) =>
    file.startsWith(base) && file.slice(base.length).includes('/')
      ? file.slice(base.length).split('/')[0]
      : undefined;
  const uses = new Map<string, Set<string>>();
  for (const { source, imports } of modules) {
    const from = roomOf(source);
    for (const to of imports.map(roomOf)) {
      if (!from || !to || from === to) continue;
      uses.set(from, (uses.get(from) ?? new Set()).add(to));
    }
  }
  const done = new Set<string>();
  const walk = (room: string, trail: string[]): string[] | undefined => {
    if (trail.includes(room)) return [...trail.slice(trail.indexOf(room)), room];
    if (done.has(room)) return undefined;
    for (const next of uses.get(room) ?? []) {
      const found = walk(next, [...trail, room]);
      if (found) return found;
    }
    done.add(room);
    return undefined;
  };
  for (const room of uses.keys()) {
    const found = walk(room, []);
    if (found) return found;
  }
  return undefined;
}
