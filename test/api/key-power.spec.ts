import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ImportPlanner } from '@palmares/server/import/import-planner';
import { commands } from '@palmares/server/cli/commands';
import type { SavedMapping } from '@palmares/shared/import/import';
import type { MemberView } from '@palmares/shared/people/member';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '../support/client.js';
import { bring, draftOf, ended } from '../support/import.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let key: Client;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
  key = server.client(await house.key('people:write'));
});

const ROLES = ['manager', 'hr', 'admin'] as const;
const pathOf = (name: string) => `/api/members/${house.members[name]}`;
const seen = async (name: string) => (await house.admin.get<MemberView>(pathOf(name))).body;
const members = { kind: 'members', columns: { externalId: 'id', name: 'name' } } as const;
const withRoles = { ...members, columns: { ...members.columns, roles: 'role' } };
const withManager = { ...members, columns: { ...members.columns, team: 'team', manager: 'boss' } };

describe('a key that writes people', () => {
  it.each(ROLES)('makes nobody %s, by no route', async (role) => {
    const roles = ['rep', role];
    const body = { externalId: 'new', name: 'New', roles };
    expect((await key.post('/api/members', body)).status).toBe(403);
    expect((await key.patch(pathOf('zoe'), { roles })).status).toBe(403);
    expect((await key.patch(pathOf('zoe'), { roles: ['rep'], name: 'Zoé' })).status).toBe(200);
    expect((await seen('zoe')).roles).toEqual(['rep']);
    const text = `id;name;role\nzoe;Zoé;rep,${role}\nnew;New;${role}\nali;Ali B;rep\n`;
    const draft = await draftOf(key, text, { mapping: withRoles });
    expect(draft.preview).toMatchObject({ wouldRefuse: 2, wouldRecord: 1 });
    const committed = await key.post(`/api/imports/${draft.id}/commit`);
    // A file that would make admins is refused as a whole; of others the rows that give more.
    if (role === 'admin') return expect(committed.status).toBe(403);
    const done = await ended(key, draft.id);
    expect(done.progress).toMatchObject({ revised: 1, recorded: 0, refused: 2 });
    expect((await seen('zoe')).roles).toEqual(['rep']);
  });

  it.each(ROLES)('changes nothing of a member who is %s', async (role) => {
    const email = `boss@${house.id}.example`;
    await house.member('boss', { roles: ['rep', role], email });
    const team = await house.team('Ouest');
    const before = await seen('boss');
    const changes = [
      { email: 'thief@example.com' },
      { name: 'X' },
      { leftOn: '2026-01-01' },
      { roles: ['rep'] },
      { externalId: 'x' },
      { teams: [{ teamId: team }] },
    ];
    for (const change of changes) {
      expect((await key.patch(pathOf('boss'), change)).status).toBe(403);
    }
    const presence = { leftOn: '2026-01-01' };
    expect((await key.put(`${pathOf('boss')}/presence`, presence)).status).toBe(403);
    const mapping = { ...members, columns: { ...members.columns, email: 'mail', team: 'team' } };
    const file = (text: string) => draftOf(key, `id;name;mail;team\n${text}\n`, { mapping });
    for (const row of [`boss;boss;thief@example.com;`, `boss;X;${email};`, `boss;boss;;Ouest`]) {
      expect((await file(row)).preview).toMatchObject({ wouldRefuse: 1, wouldRecord: 0 });
    }
    // A nightly file of everybody may name managers as they are.
    expect((await file(`boss;boss;${email};`)).preview).toMatchObject({ wouldRefuse: 0 });
    expect(await seen('boss')).toEqual(before);
  });

  it('names no managers and no stand-ins, and puts no team below another', async () => {
    const memberId = house.members['zoe'] ?? '';
    const managers = [{ memberId, standIn: true }];
    const chief = await house.member('chief');
    const own = [{ memberId: chief }];
    const team = await house.team('Ouest', ['ali'], { managers: own });
    const top = await house.team('Nord', [], { managers: own });
    expect((await key.post('/api/teams', { name: 'Est', managers })).status).toBe(403);
    expect((await key.patch(`/api/teams/${team}`, { managers })).status).toBe(403);
    expect((await key.patch(`/api/teams/${team}`, { managers: [] })).status).toBe(403);
    expect((await key.patch(`/api/teams/${team}`, { parentId: top })).status).toBe(403);
    expect((await key.delete(`/api/teams/${top}`)).status).toBe(403);
    expect((await key.patch(`/api/teams/${team}`, { name: 'West' })).status).toBe(200);
    const text = 'id;name;team;boss\nzoe;zoe;West;zoe\nali;ali;West;chief\nx;x;New;newboss\n';
    const draft = await draftOf(key, text, { mapping: withManager });
    await key.post(`/api/imports/${draft.id}/commit`);
    const done = await ended(key, draft.id);
    expect(done.progress).toMatchObject({ rows: 3, refused: 2, unchanged: 1 });
    const found = await house.admin.get<{ managers: { memberId: string }[] }>(`/api/teams/${team}`);
    expect(found.body.managers.map((one) => one.memberId)).toEqual([chief]);
    expect((await seen('zoe')).roles).toEqual(['rep']);
  });

  it('gets no further by another mapping while its commit is looked at', async () => {
    const text = 'id;name;role\nzoe;zoe;rep,admin\n';
    const { id } = await draftOf(key, text, { mapping: members });
    const planner = server.app.get(ImportPlanner);
    const look = planner.adminLine.bind(planner);
    const spy = jest.spyOn(planner, 'adminLine').mockImplementationOnce(async (...asked) => {
      const line = await look(...asked);
      const changed = await key.patch(`/api/imports/${id}`, { mapping: withRoles });
      expect(changed.status).toBe(200);
      return line;
    });
    const committed = await key.post(`/api/imports/${id}/commit`);
    spy.mockRestore();
    expect(committed).toMatchObject({ status: 409, body: { code: 'changed-since-shown' } });
    expect((await key.post(`/api/imports/${id}/commit`)).status).toBe(403);
    // Whatever let it pass, the rows are refused when they are written.
    await server.sql(
      `update import set status = 'queued', signed_by = 'key:x', signed_scopes = '{people:write}'
       where id = $1`,
      [id],
    );
    expect((await ended(house.admin, id)).progress).toMatchObject({ revised: 0, refused: 1 });
    expect((await seen('zoe')).roles).toEqual(['rep']);
  });

  it('records nothing that nobody has signed, or that its signer may not bring', async () => {
    const text = 'id;name\nzoe;Zoé\n';
    for (const signed of [`null, signed_scopes = null`, `'key:x', signed_scopes = '{read}'`]) {
      const { id } = await draftOf(house.admin, text, { mapping: members });
      await server.sql(`update import set status = 'queued', signed_by = ${signed} where id = $1`, [
        id,
      ]);
      const failed = await ended(house.admin, id);
      expect(failed).toMatchObject({ status: 'failed', error: { code: 'forbidden' } });
    }
    expect((await seen('zoe')).name).toBe('zoe');
  });
});

describe('a draft', () => {
  it('that another has changed since it was shown is not signed as shown', async () => {
    const text = 'id;name;role\nzoe;Zoé;manager\n';
    const { id, version } = await draftOf(house.admin, text, { mapping: members });
    await house.admin.patch(`/api/imports/${id}`, { mapping: withRoles });
    const commit = (shown: string) =>
      house.admin.post(`/api/imports/${id}/commit`, undefined, { 'if-match': shown });
    for (const shown of [`"${version}"`, 'W/"x"', '"0"']) {
      expect(await commit(shown)).toMatchObject({
        status: 412,
        body: { code: 'precondition-failed' },
      });
    }
    const now = (await house.admin.get<{ version: number }>(`/api/imports/${id}`)).body.version;
    expect((await commit(`"${now}"`)).status).toBe(202);
    await ended(house.admin, id);
    expect((await seen('zoe')).roles).toEqual(['manager']);
  });
});

describe('a saved mapping', () => {
  const PATH = '/api/import-mappings';
  const save = (by: Client, mapping: object, name = 'people') =>
    by.post<SavedMapping>(PATH, { name, mapping });

  it('is seen, changed and deleted by who may bring its kind, and keeps its kind', async () => {
    const crm = server.client(await house.key('activities:write'));
    const { id } = (await save(house.admin, members)).body;
    const sales = { kind: 'activities', columns: { amount: 'Montant' } };
    expect((await save(crm, members, 'x')).status).toBe(403);
    expect((await crm.patch(`${PATH}/${id}`, { mapping: withRoles })).status).toBe(403);
    expect((await crm.delete(`${PATH}/${id}`)).status).toBe(403);
    expect((await crm.get<{ items: unknown[] }>(PATH)).body.items).toEqual([]);
    expect((await key.get<{ items: unknown[] }>(PATH)).body.items).toHaveLength(1);
    expect((await house.admin.patch(`${PATH}/${id}`, { mapping: sales })).status).toBe(422);
    expect((await house.admin.patch(`${PATH}/${id}`, { mapping: withRoles })).status).toBe(200);
    const own = (await save(crm, sales, 'sales')).body.id;
    expect((await crm.patch(`${PATH}/${own}`, { name: 'ventes' })).status).toBe(200);
    expect((await crm.delete(`${PATH}/${own}`)).status).toBe(204);
    expect((await crm.delete(`${PATH}/${own}`)).status).toBe(404);
  });

  it('of people that an admin uses is not changed by a key that looks after reps', async () => {
    const { id } = (await save(house.admin, members)).body;
    expect((await key.patch(`${PATH}/${id}`, { mapping: withRoles })).status).toBe(403);
    expect((await key.delete(`${PATH}/${id}`)).status).toBe(403);
    const own = (await save(key, members, 'own')).body;
    expect((await key.patch(`${PATH}/${own.id}`, { name: 'mine' })).status).toBe(200);
    const found = await house.admin.get<{ items: SavedMapping[] }>(PATH);
    expect(found.body.items.map(({ savedBy }) => savedBy)).toEqual([
      expect.stringMatching(/^key:/),
      expect.stringMatching(/^key:/),
    ]);
  });

  it('is in the record, with what it said before and after', async () => {
    const { id } = (await save(house.admin, members)).body;
    await house.admin.patch(`${PATH}/${id}`, { mapping: withRoles });
    await house.admin.delete(`${PATH}/${id}`);
    const { body } = await house.admin.get<{ items: unknown[] }>(
      `/api/audit?subject=mapping:${id}`,
    );
    const said = { kind: 'members', columns: members.columns };
    const then = { kind: 'members', columns: withRoles.columns };
    expect(body.items).toMatchObject([
      { action: 'mapping.remove', before: then, after: null },
      { action: 'mapping.change', before: said, after: then },
      { action: 'mapping.save', before: null, after: said },
    ]);
  });

  it('takes the place of no file: a command reads the file, and a saved one by @', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-mapping-'));
    const write = (name: string, text: string) => {
      fs.writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const rows = write('rows.csv', 'id;name;role\nzoe;Zoé;rep,admin\n');
    const file = write('people.json', JSON.stringify(members));
    await save(house.admin, withRoles, file);
    const run = (mapping: string) =>
      commands['import']?.run(server.app, {
        file: rows,
        organisation: house.id,
        mapping,
      } as never);
    await run(file);
    expect((await seen('zoe')).roles).toEqual(['rep']);
    await run(`@${file}`);
    expect((await seen('zoe')).roles).toEqual(['rep', 'admin']);
    await expect(run('@nothing')).rejects.toThrow('no mapping is saved as nothing');
  });

  it('is not looked for by a name that nothing can have', async () => {
    expect((await house.admin.get(`${PATH}?cursor=%00`)).status).toBe(422);
  });
});

it('brings no file of a kind that its bearer may not bring', async () => {
  const crm = server.client(await house.key('activities:write'));
  expect((await bring(crm, 'id;name\nzoe;x\n', { mapping: members })).status).toBe(403);
});
