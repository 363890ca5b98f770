import type { Fault } from '@palmares/shared/problem/catalogue';
import { ProblemError } from '../http/problem-error.js';

const WORD_MIN = 4;

const faults = {
  'password-common': 'many people use this password',
  'password-about': 'made of your name, e-mail or organisation',
  'password-repeats': 'one character again and again',
} as const;
export type Weakness = keyof typeof faults;

let common: Promise<ReadonlySet<string>> | undefined;

/** Some 50,000 that have been found in leaks; read when somebody first chooses a password. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map(String));
}

/** Letters and digits alone, without accents and capitals. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

const stem = (text: string) => text.replaceAll(/^\p{N}+|\p{N}{1,1000}$/gu, '');

/** What a person is called: as a whole, word by word, and an e-mail by what is before the `@`. */
function wordsOf(about: readonly string[]): Set<string> {
  const words = about.flatMap((text) => {
    const [local = ''] = text.split('@');
    return [text, local, ...text.split(/[^\p{L}\p{N}]+/u)].map(bare);
  });
  return new Set(words.filter((word) => word.length >= WORD_MIN));
}

/**
 * Why a password is too easy to guess: one of the common ones, made of nothing but what everybody
 * knows of the person, or one character again and again. Nothing for a good one.
 */
export async function weaknessOf(
  password: string,
  about: readonly string[] = [],
): Promise<Weakness | undefined> {
  const plain = bare(password);
  if (/^(.)\1*$/su.test(password) || /^(.)\1*$/u.test(plain) || plain === '') {
    return 'password-repeats';
  }
  const words = wordsOf(about);
  const known = [plain, stem(plain)].some((text) => words.has(text));
  if (known) return 'password-about';
  const list = await (common ??= commonPasswords());
  const lower = password.normalize('NFKC').toLowerCase();
  return list.has(lower) || list.has(plain) ? 'password-common' : undefined;
}

/** Problems: `invalid`, with the fault at the field. */
export async function refuseWeak(
  password: string,
  about: readonly string[],
  pointer = '/password',
): Promise<void> {
  const code = await weaknessOf(password, about);
  if (code === undefined) return;
  const fault: Fault = { pointer, code, detail: faults[code] };
  throw new ProblemError('invalid', undefined, [fault]);
}
