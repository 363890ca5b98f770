import { CommandError } from './command-error.js';
import { commands, type Command } from './commands.js';
import type { GivenPassword } from './password-input.js';

export interface CommandLine {
  command: Command;
  options: unknown;
  json: boolean;
  /** What the line says of a password, for a command that takes one. */
  given: GivenPassword;
}

const camel = (name: string) =>
  name.replaceAll(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** Every command with what it does. */
export function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary, argument }]) =>
      `  ${name.padEnd(width)}  ${argument ? `<${argument}> ` : ''}${summary}`,
  );
  return ['npm run -s cli -- <command> [--option value …] [--json]', '', ...lines].join('\n');
}

/** Reads `command [argument] --name value …`. Throws a `CommandError` that explains itself. */
export function readCommandLine(words: readonly string[]): CommandLine {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CommandError(name ? `no command ${name}\n\n${usage()}` : usage());
  const raw: Record<string, string> = {};
  let json = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (word === '--json') json = true;
    else if (word.startsWith('--')) {
      const [option = '', inline] = word.slice(2).split(/=(.*)/s, 2);
      const flag = command.flags?.includes(option) === true;
      const value = inline ?? (flag ? 'true' : rest[++at]);
      if (value === undefined) throw new CommandError(`${word} needs a value`);
      raw[camel(option)] = value;
    } else if (command.argument && raw[command.argument] === undefined) {
      raw[command.argument] = word;
    } else throw new CommandError(`${word} is not expected here`);
  }
  const { password, passwordFile, ...others } = raw;
  const secret = command.password !== undefined;
  const parsed = command.options.safeParse(secret ? others : raw);
  const given = { password, passwordFile };
  if (parsed.success) return { command, options: parsed.data, json, given };
  const faults = parsed.error.issues.map(
    ({ path, message }) => `  ${path.map(String).join('.') || name}: ${message}`,
  );
  throw new CommandError(`${name} cannot run:\n${faults.join('\n')}`);
}
