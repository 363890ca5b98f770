import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { scopeSchema } from '@palmares/shared/auth/scope';
import { mappingSchema } from '@palmares/shared/import/mapping';
import { emailSchema, memberInputSchema, roles } from '@palmares/shared/people/member';
import { organisationInputSchema } from '@palmares/shared/people/organisation';
import { z } from 'zod';
import { AuthService } from '../auth/auth.service.js';
import { PersonService } from '../auth/person.service.js';
import { SignInService } from '../auth/sign-in.service.js';
import { BackupService } from '../backup/backup.service.js';
import { Demo } from '../demo/demo.service.js';
import { ImportUndoService } from '../import/import-undo.service.js';
import { ImportService } from '../import/import.service.js';
import { MappingService } from '../import/mapping.service.js';
import { RebuildService } from '../intake/rebuild.service.js';
import { PeopleService } from '../people/people.service.js';
import { CommandError } from './command-error.js';
import type { PasswordNeed } from './password-input.js';

/** One command: its options (kebab-case on the line), what it does, what it answers. */
export interface Command {
  summary: string;
  /** Name of the one positional argument, when there is one; it becomes an option. */
  argument?: string;
  /** Options that take no value. */
  flags?: readonly string[];
  options: z.ZodType;
  /** Whether it takes a password, which is not read from the line with the other options. */
  password?: PasswordNeed;
  run(app: INestApplicationContext, options: never, password?: string): Promise<object>;
}

function command<Options extends z.ZodType>(definition: {
  summary: string;
  argument?: string;
  flags?: readonly string[];
  options: Options;
  password?: PasswordNeed;
  run(app: INestApplicationContext, options: z.output<Options>, password?: string): Promise<object>;
}): Command {
  return definition;
}

const list = <Item extends z.ZodType<string, string>>(item: Item) =>
  z.preprocess(
    (text) => (typeof text === 'string' ? text.split(',').map((part) => part.trim()) : text),
    z.array(item).min(1),
  );

const organisation = z.uuid({ error: 'the id of an organisation' });

/**
 * A mapping from a file, or by `@` and the name that it was saved under. A name alone is taken for
 * a saved mapping only where there is no such file: a key may save mappings, and would otherwise
 * take the place of a file.
 */
async function readMapping(app: INestApplicationContext, organisationId: string, named: string) {
  const name = named.startsWith('@') ? named.slice(1) : undefined;
  const saved = async (wanted: string) =>
    (await app.get(MappingService).findByName(organisationId, wanted))?.mapping;
  if (name !== undefined) {
    const found = await saved(name);
    if (!found) throw new CommandError(`no mapping is saved as ${name}`);
    return found;
  }
  const read = await readFile(named, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  const text = typeof read === 'string' ? read : undefined;
  if (text === undefined) {
    const error = read as NodeJS.ErrnoException;
    const found = error.code === 'ENOENT' ? await saved(named) : undefined;
    if (found) return found;
    throw new CommandError(`cannot read the mapping: ${error.message}`);
  }
  try {
    return mappingSchema.parse(JSON.parse(text));
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CommandError(`the mapping is not usable:\n${detail}`);
  }
}

export const commands: Record<string, Command> = {
  'organisation:create': command({
    summary: 'Make an organisation',
    options: organisationInputSchema,
    run: async (app, options) => {
      const { id } = await app.get(PeopleService).createOrganisation(options);
      return { id };
    },
  }),
  'member:create': command({
    summary: 'Add a member to an organisation',
    options: z.strictObject({
      organisation,
      email: z.string().optional(),
      externalId: z.string().optional(),
      name: z.string(),
      roles: list(z.enum(roles)).optional(),
    }),
    password: 'optional',
    run: async (app, { organisation: organisationId, ...member }, password) => {
      const input = memberInputSchema.parse(member);
      if (password !== undefined && !input.email) {
        throw new CommandError('a password needs an e-mail');
      }
      if (password === undefined) {
        return { id: await app.get(PeopleService).createMember(organisationId, input) };
      }
      return { id: await app.get(PersonService).add(organisationId, input, password) };
    },
  }),
  'operator:create': command({
    summary: 'Let somebody make and name organisations; a known person gets this password',
    options: z.strictObject({ email: emailSchema }),
    password: 'needed',
    run: async (app, { email }, password = '') => {
      return { id: await app.get(SignInService).appoint(email, password) };
    },
  }),
  'person:password': command({
    summary:
      'Overrule a forgotten password; its sessions end. --alone: leave every organisation too',
    flags: ['alone'],
    options: z.strictObject({
      email: emailSchema,
      alone: z.literal('true').optional(),
    }),
    password: 'needed',
    run: async (app, { email, alone }, password = '') => {
      await app.get(SignInService).overrule(email, password, alone !== undefined);
      return { email };
    },
  }),
  'key:create': command({
    summary: 'Make an API key; it is shown once',
    options: z.strictObject({
      organisation,
      scopes: list(scopeSchema),
      name: z.string().max(120).default('CLI'),
    }),
    run: async (app, options) => {
      await app.get(PeopleService).organisation(options.organisation);
      return app.get(AuthService).createKey(options.organisation, options.scopes, options.name);
    },
  }),
  'demo:reset': command({
    summary: 'Put the demonstration aside and make another one',
    options: z.strictObject({}),
    run: (app) => app.get(Demo).reset(),
  }),
  'import:undo': command({
    summary: 'Take back what an import of activities wrote',
    options: z.strictObject({ organisation, import: z.uuid() }),
    run: async (app, options) => {
      await app.get(PeopleService).organisation(options.organisation);
      return app.get(ImportUndoService).undoNow(options.organisation, options.import);
    },
  }),
  rebuild: command({
    summary: 'Replay the activities and write anew what differs; with --check only name it',
    options: z.strictObject({ organisation, check: z.literal('true').optional() }),
    flags: ['check'],
    run: async (app, options) => {
      const rebuild = app.get(RebuildService);
      const report = options.check
        ? await rebuild.check(options.organisation)
        : await rebuild.rebuild(options.organisation);
      if (options.check && report.differences > 0) process.exitCode = 1;
      return report;
    },
  }),
  backup: command({
    summary: 'Write the whole database to a new file, beside a running server',
    argument: 'file',
    options: z.strictObject({ file: z.string() }),
    run: async (app, { file }) => app.get(BackupService).backup(file),
  }),
  restore: command({
    summary: 'Fill an empty database from a backup, and replay it',
    argument: 'file',
    options: z.strictObject({ file: z.string() }),
    run: async (app, { file }) => {
      const report = await app.get(BackupService).restore(file);
      if (report.differences > 0) process.exitCode = 1;
      return report;
    },
  }),
  import: command({
    summary: 'Import a CSV or XLSX file by a mapping: a file, or @ and the name of a saved one',
    argument: 'file',
    options: z.strictObject({
      file: z.string(),
      organisation,
      mapping: z.string(),
      sheet: z.string().optional(),
    }),
    run: async (app, { organisation: organisationId, file, sheet, ...options }) => {
      await app.get(PeopleService).organisation(organisationId);
      const mapping = await readMapping(app, organisationId, options.mapping);
      return app.get(ImportService).importFile(organisationId, file, mapping, sheet);
    },
  }),
};
