import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCommandLine } from '@palmares/server/cli/command-line';
import {
  takePassword,
  type GivenPassword,
  type PasswordNeed,
} from '@palmares/server/cli/password-input';
import { ImportService } from '@palmares/server/import/import.service';
import { mappingSchema } from '@palmares/shared/import/mapping';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linesOf } from '../support/client.js';
import type { TestOrganisation } from '../support/organisation.js';
import { cli, endOfCli, pipeToCli, type Ended } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-cli-'));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await server.close();
});

const env = () => ({ DATABASE_URL: server.databaseUrl });
const run = <T = Record<string, unknown>>(...words: string[]) =>
  cli<T>({ DATABASE_URL: server.databaseUrl }, ...words);

function write(name: string, content: string | object): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const people = { kind: 'members', columns: { externalId: 'id', name: 'name', email: 'mail' } };
const load = (csv: string) => {
  const mapping = mappingSchema.parse(people);
  return server.app.get(ImportService).importFile(house.id, write('rows.csv', csv), mapping);
};

describe('a command', () => {
  it('makes an organisation, a member and a key that works', async () => {
    const words = ['--name', 'Nord', '--time-zone', 'Europe/Brussels', '--locale', 'fr'];
    const { id } = await run<{ id: string }>('organisation:create', ...words);
    const owner = ['--organisation', id];
    const who = ['--email', 'Eva@Example.com', '--name', 'Eva', '--roles', 'rep,manager'];
    await run('member:create', ...owner, ...who, '--password', 'correct horse');
    const key = await run<{ key: string }>(
      'key:create',
      ...owner,
      '--scopes',
      'read,activities:write',
    );
    const client = server.client(key.key);
    const done = await server.sql<{ actor: string }>(
      `select actor, address from audit_entry where organisation_id = $1 and action = 'key.create'`,
      [id],
    );
    expect(done).toEqual([{ actor: 'cli', address: null }]);
    const activities = [
      {
        source: 'x',
        externalId: '1',
        type: 'deal.won',
        occurredAt: '2026-03-01',
        member: { email: 'eva@example.com' },
      },
    ];
    expect(await client.post('/api/activities', { activities })).toMatchObject({
      body: { recorded: 1 },
    });
    expect((await client.post('/api/challenges', {})).status).toBe(403);
  });

  it.each([
    [[], /organisation:create/],
    [['fly'], /no command fly/],
    [['organisation:create'], /name/],
    [['organisation:create', '--name', 'x', '--time-zone', 'Mars/Base'], /timeZone.*IANA/],
    [['key:create', '--organisation', 'x', '--scopes', 'read'], /organisation: the id/],
    [['key:create', '--scopes'], /--scopes needs a value/],
    [['import', 'a.csv', 'b.csv'], /b\.csv is not expected/],
  ])('%j explains what is wrong with it', (words, reason) => {
    expect(() => readCommandLine(words)).toThrow(reason);
  });

  it('that cannot run ends with a sentence and no stack', async () => {
    const failure = await run('fly').catch((error: Error) => error.message);
    expect(failure).toContain('fly ended with 1: no command fly');
    expect(failure).not.toMatch(/^ {4}at /m);
  });

  it('for an organisation that there is not says so', async () => {
    const nowhere = ['--organisation', '01890000-0000-7000-8000-000000000000'];
    await expect(run('key:create', ...nowhere, '--scopes', 'read')).rejects.toThrow('no such');
  });
});

describe('a password for a command', () => {
  const PASSWORD = 'three little cats';
  const enters = async (email: string) =>
    (await server.client().post('/api/session', { email, password: PASSWORD })).status;
  const adding = (email: string) => {
    const who = ['--email', email, '--name', 'Zoe', '--roles', 'rep'];
    return ['member:create', '--organisation', house.id, ...who];
  };
  const silent = ({ stdout, stderr }: Ended) => {
    expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
  };

  it('is read from a file, or from what is piped in', async () => {
    const file = write('secret.txt', `${PASSWORD}\n`);
    const end = await endOfCli(env(), ...adding('file@example.com'), '--password-file', file);
    expect([end.code, end.stderr]).toEqual([0, '']);
    silent(end);
    expect(await enters('file@example.com')).toBe(200);
    const words = [...adding('piped@example.com'), '--password-file', '-'];
    const piped = await pipeToCli(env(), `${PASSWORD}\r\n`, ...words);
    expect(piped.code).toBe(0);
    silent(piped);
    expect(await enters('piped@example.com')).toBe(200);
  });

  const take = async (given: GivenPassword, need: PasswordNeed = 'needed') => {
    const said: string[] = [];
    const taken = await takePassword(given, need, (text) => said.push(text));
    expect(said.join()).not.toContain(given.password ?? PASSWORD);
    return { taken, said: said.join() };
  };

  it('on the line itself is taken with a warning, as is one that is easy to guess', async () => {
    const seen = await take({ password: PASSWORD });
    expect(seen).toEqual({ taken: PASSWORD, said: expect.stringContaining('is seen by') });
    const weak = await take({ passwordFile: write('weak.txt', 'password1') });
    expect(weak).toEqual({ taken: 'password1', said: expect.stringContaining('easy to guess') });
    expect(await take({}, 'optional')).toEqual({ taken: undefined, said: '' });
  });

  it('that is missing, too short or nowhere has its reason', async () => {
    const passwordFile = write('short.txt', 'short');
    await expect(take({ passwordFile })).rejects.toThrow('at least 8');
    await expect(take({ passwordFile: '/nowhere' })).rejects.toThrow('cannot read the password');
    await expect(take({ passwordFile, password: PASSWORD })).rejects.toThrow('either');
    const { code, stderr } = await endOfCli(env(), 'person:password', '--email', 'a@example.com');
    expect([code, stderr]).toEqual([1, expect.stringContaining('a password is needed')]);
  });
});

describe('an import', () => {
  it('names the rows that it refused, by line and reason, and takes the others', async () => {
    const csv = 'id,name,mail\n1,Zoé,zoe@example.com\n2,,\n3,Ali,nonsense\n4,"Le\nGoff",\n5,Eva,\n';
    expect(await load(csv)).toMatchObject({
      rows: 5,
      recorded: 3,
      refused: 2,
      firstRefused: [
        { line: 3, pointer: '/name', code: 'invalid' },
        { line: 4, pointer: '/email', code: 'invalid' },
      ],
    });
  });

  it('reads semicolons, a byte order mark and Windows line ends', async () => {
    expect(await load('\ufeffid;name;mail\r\n6;Noé;\r\n')).toMatchObject({ recorded: 1 });
  });

  it('refuses a file without a column that the mapping reads', async () => {
    await expect(load('id,name\n1,x\n')).rejects.toThrow('no column mail');
  });

  it('refuses a mapping that says nothing', async () => {
    const words = ['--organisation', house.id, '--mapping', write('x.json', { kind: 'wishes' })];
    await expect(run('import', 'rows.csv', ...words)).rejects.toThrow('mapping is not usable');
  });

  it('of people who are named twice, with a challenge running, enters each once', async () => {
    const id = await house.challenge();
    const csv = 'id,name,mail\n7,Léa,\n7,Léa Fontaine,\n8,Hugo,\n';
    expect(await load(csv)).toMatchObject({ recorded: 2, revised: 1, refused: 0 });
    const names = linesOf(await house.admin.board(id)).map(([, label]) => label);
    expect(names.filter((label) => /Léa|Hugo/.test(String(label)))).toEqual([
      'Hugo',
      'Léa Fontaine',
    ]);
  });
});
