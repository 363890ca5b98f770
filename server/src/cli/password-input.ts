import { readFile } from 'node:fs/promises';
import { passwordSchema } from '@palmares/shared/auth/session';
import { weaknessOf } from '../auth/weak-password.js';
import { CommandError } from './command-error.js';
import { askHidden } from './hidden-line.js';

/** How a command takes a password: `needed`, or `optional` where there may be none. */
export type PasswordNeed = 'needed' | 'optional';

const HOW = 'give --password-file with a file, or - for what is piped in';
const SEEN = `--password is seen by every user of this machine while the command runs, and stays in
the history of the shell: ${HOW}, or leave it out to be asked.`;

const WEAK = 'This password is easy to guess: a page of the product would refuse it.';

/** The first line of a text, without its end. */
const lineOf = (text: string) => text.split(/\r?\n/, 1)[0] ?? '';

async function piped(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += String(part);
    if (text.length > 10_000) break;
  }
  return lineOf(text);
}

async function fromFile(file: string): Promise<string> {
  if (file === '-') return process.stdin.isTTY ? asked() : piped();
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CommandError(`cannot read the password: ${error.message}`);
  });
  return lineOf(text);
}

/** Twice, since nobody sees what they type. */
async function asked(): Promise<string> {
  const password = await askHidden('Password: ');
  if (password !== (await askHidden('Again: '))) {
    throw new CommandError('these are two different passwords');
  }
  return password;
}

/** What the line says of a password: itself, or where it is. */
export interface GivenPassword {
  password?: string | undefined;
  passwordFile?: string | undefined;
}

/**
 * The password of a command: from a file, from what is piped in, typed at the terminal without
 * being shown, or, not recommended, from the command line. Throws a `CommandError` that explains
 * itself, and never repeats the password.
 */
export async function takePassword(
  { password: shown, passwordFile: file }: GivenPassword,
  need: PasswordNeed,
  say: (text: string) => void,
): Promise<string | undefined> {
  if (shown !== undefined && file !== undefined) {
    throw new CommandError('either --password or --password-file');
  }
  if (shown !== undefined) say(SEEN);
  const given = shown ?? (file === undefined ? await missing(need) : await fromFile(file));
  if (given === undefined) return undefined;
  const read = passwordSchema.safeParse(given);
  if (!read.success) {
    throw new CommandError(`password: ${read.error.issues[0]?.message ?? 'not usable'}`);
  }
  if (await weaknessOf(read.data)) say(WEAK);
  return read.data;
}

async function missing(need: PasswordNeed): Promise<string | undefined> {
  if (need === 'optional') return undefined;
  if (process.stdin.isTTY) return asked();
  throw new CommandError(`a password is needed: ${HOW}`);
}
