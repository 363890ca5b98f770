import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Every file git keeps or would keep, as `folder/name`; what it ignores is nobody's source. */
export function sourceFiles(): string[] {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', options, { cwd: root, encoding: 'utf8' });
  const there = (file: string) => file !== '' && fs.existsSync(path.join(root, file));
  return [...new Set(listed.split('\n'))].filter(there).sort();
}

export const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
