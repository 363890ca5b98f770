import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Import, ImportUndo, SavedMapping } from '@palmares/shared/import/import';
import { ImportRunner } from '@palmares/server/import/import-runner';
import { writeXlsx } from 'hucre/xlsx';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linesOf } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { bring, draftOf, ended, imported } from '../support/import.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
});

const sales = {
  kind: 'activities',
  columns: { 'member.externalId': 'Vendeur', occurredAt: 'Date', amount: 'Montant' },
  constants: { source: 'file', externalId: '{N°}', type: 'deal.won' },
  decimals: 'comma',
};
const HEAD = 'N°;Vendeur;Date;Montant\n';
const three = `${HEAD}1;zoe;10/03/2026;1 000,50\n2;ali;11 mars 2026;7\n3;zoe;12/03/26;0,25\n`;
const put = (importId: string, what: string) =>
  house.admin.post<Import>(`/api/imports/${importId}/${what}`);
const scores = async (challenge: string) =>
  Object.fromEntries(
    linesOf(await house.admin.board(challenge)).map(([, who, score]) => [who, score]),
  );
const count = async () => {
  const [row] = await server.sql<{ count: number }>(
    'select count(*)::int as count from activity where organisation_id = $1',
    [house.id],
  );
  return row?.count;
};

describe('people by a file', () => {
  it('are saved at once, and let in what waited for them', async () => {
    await house.record(sale('eva', 5));
    const mapping = { kind: 'members', columns: { externalId: 'Matricule', name: 'Nom' } };
    const text = 'Matricule;Nom\neva;Eva Le Goff\n7;\nzoe;Zoé\n';
    const { status, body } = await bring(house.admin, text, { mapping }, '/api/members/import');
    expect([status, body.kind]).toEqual([202, 'members']);
    const done = await ended(house.admin, body.id);
    expect(done.progress).toMatchObject({ rows: 3, recorded: 1, revised: 1, refused: 1 });
    expect(await count()).toBe(1);
    expect(await put(body.id, 'undo')).toMatchObject({
      status: 409,
      body: { code: 'import-not-undoable' },
    });
  });
});

describe('a key that writes people', () => {
  it('makes nobody an admin, neither by a file of its own nor by one it finds', async () => {
    const key = server.client(await house.key('people:write'));
    const mapping = { kind: 'members', columns: { externalId: 'id', name: 'id', roles: 'role' } };
    const text = 'id;role\neva;rep\nmax;manager,admin\n';
    const path = '/api/members/import';
    const refused = { status: 403, body: { detail: 'line 3: only an admin makes admins' } };
    expect(await bring(key, text, { mapping }, path)).toMatchObject(refused);
    const { id } = await draftOf(house.admin, text, { mapping });
    expect(await key.post(`/api/imports/${id}/commit`)).toMatchObject(refused);
    expect((await put(id, 'commit')).status).toBe(202);
    expect((await ended(house.admin, id)).progress).toMatchObject({ recorded: 2 });
    const { body } = await bring(key, 'id;role\nben;manager\n', { mapping }, path);
    expect((await ended(key, body.id)).progress).toMatchObject({ recorded: 0, refused: 1 });
  });
});

describe('targets by a file', () => {
  it('are set, for members and teams, and refused where nobody is called so', async () => {
    await house.team('Ouest', ['zoe']);
    const mapping = {
      kind: 'targets',
      columns: { 'member.externalId': 'Qui', 'team.name': 'Équipe', period: 'Mois', value: 'CA' },
      constants: { kpi: 'revenue' },
      decimals: 'comma',
    };
    const text =
      'Qui;Équipe;Mois;CA\nzoe;;03/2026;1 000,5\n;Ouest;T2 2026;3000\nnobody;;mars 2026;1\nali;;un jour;1\n';
    const draft = await draftOf(house.admin, text, { mapping });
    expect(draft.preview).toMatchObject({ wouldRecord: 2, wouldRefuse: 2 });
    const key = server.client(await house.key('people:write', 'activities:write'));
    expect((await bring(key, text, { mapping })).status).toBe(403);
    await put(draft.id, 'commit');
    const done = await ended(house.admin, draft.id);
    expect(done.progress).toMatchObject({ rows: 4, recorded: 2, refused: 2 });
    const { body } = await house.admin.get<{ items: { value: string | null }[] }>(
      '/api/targets?kpi=revenue&period=2026-03&by=member',
    );
    expect(body.items.map(({ value }) => value)).toContain('1000.5');
    expect((await imported(house.admin, text, { mapping })).progress).toMatchObject({
      recorded: 0,
      unchanged: 2,
    });
  });
});

describe('an undo', () => {
  const undo = async (id: string) => {
    await put(id, 'undo');
    return ended(house.admin, id);
  };
  const would = async (id: string) =>
    (await house.admin.get<ImportUndo>(`/api/imports/${id}/undo`)).body;

  it('says what it would take back, and takes that back', async () => {
    const challenge = await house.challenge();
    await imported(house.admin, `${HEAD}1;zoe;10/03/2026;1\n`, { mapping: sales });
    const text = `${three}4;nobody;10/03/2026;1\n`;
    const { id } = await imported(house.admin, text, { mapping: sales });
    expect(await would(id)).toEqual({ voided: 2, restored: 1, kept: 0, waiting: 1 });
    const undone = await undo(id);
    expect(undone).toMatchObject({
      status: 'undone',
      undo: { voided: 2, restored: 1, kept: 0, waiting: 1 },
    });
    expect(await scores(challenge)).toEqual({ zoe: '1', ali: '0' });
    expect(await would(id)).toEqual({ voided: 0, restored: 0, kept: 3, waiting: 0 });
    expect((await put(id, 'undo')).body.status).toBe('undone');
    expect(await put(id, 'commit')).toMatchObject({ status: 409 });
  });

  it('leaves what a later import has revised', async () => {
    const challenge = await house.challenge();
    const { id } = await imported(house.admin, three, { mapping: sales });
    const later = await imported(house.admin, `${HEAD}2;ali;11/03/2026;70\n`, { mapping: sales });
    expect(await would(id)).toEqual({ voided: 2, restored: 0, kept: 1, waiting: 0 });
    await undo(id);
    expect(await scores(challenge)).toEqual({ zoe: '0', ali: '70' });
    // What the first one had said is not to come back either.
    expect(await would(later.id)).toEqual({ voided: 1, restored: 0, kept: 0, waiting: 0 });
    await undo(later.id);
    expect(await scores(challenge)).toEqual({ zoe: '0', ali: '0' });
  });

  it('of a draft has nothing to take back', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    expect(await put(id, 'undo')).toMatchObject({
      status: 409,
      body: { code: 'import-under-way' },
    });
  });
});

describe('a saved mapping', () => {
  it('is kept under its name, used, changed and forgotten', async () => {
    const save = (body: object) => house.admin.post<SavedMapping>('/api/import-mappings', body);
    const { body, status } = await save({ name: 'Caisse', mapping: sales });
    expect([status, body.kind]).toEqual([201, 'activities']);
    expect(await save({ name: 'Caisse', mapping: sales })).toMatchObject({
      status: 409,
      body: { code: 'mapping-name-taken' },
    });
    const draft = await draftOf(house.admin, three, { mappingId: body.id });
    expect(draft.mapping).toEqual(body.mapping);
    const path = `/api/import-mappings/${body.id}`;
    expect((await house.admin.patch<SavedMapping>(path, { name: 'Till' })).body).toMatchObject({
      name: 'Till',
      mapping: sales,
    });
    const list = await house.admin.get<{ items: SavedMapping[] }>('/api/import-mappings');
    expect(list.body.items.map(({ name }) => name)).toEqual(['Till']);
    const other = await server.organisation();
    expect((await other.admin.delete(path)).status).toBe(404);
    expect((await bring(other.admin, three, { mappingId: body.id })).status).toBe(404);
    expect((await house.admin.delete(path)).status).toBe(204);
    expect((await house.admin.delete(path)).status).toBe(404);
  });
});

describe('the command', () => {
  it('imports by the name of a saved mapping, a sheet of a workbook, and takes it back', async () => {
    await house.admin.post('/api/import-mappings', { name: 'Caisse', mapping: sales });
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-import-'));
    const file = path.join(folder, 'ventes.xlsx');
    const rows = [HEAD.trim().split(';'), ['1', 'zoe', '10/03/2026', 12.5]];
    const sheets = [
      { name: 'Notes', rows: [['rien']] },
      { name: 'Ventes', rows },
    ];
    fs.writeFileSync(file, await writeXlsx({ sheets }));
    const env = { DATABASE_URL: server.databaseUrl };
    const owner = ['--organisation', house.id];
    const words = [...owner, '--mapping', 'Caisse', '--sheet', 'Ventes'];
    const report = await cli<{ importId: string }>(env, 'import', file, ...words);
    fs.rmSync(folder, { recursive: true });
    expect(report).toMatchObject({ rows: 1, recorded: 1, refused: 0, firstRefused: [] });
    const undo = [...owner, '--import', report.importId];
    expect(await cli(env, 'import:undo', ...undo)).toEqual({ voided: 1, restored: 0 });
    const { body } = await house.admin.get<Import>(`/api/imports/${report.importId}`);
    expect(body).toMatchObject({ status: 'undone', createdBy: 'command' });
  }, 60_000);
});

describe('a draft that nobody comes back to', () => {
  it('goes with its rows after a week, and an upload that was never finished after a day', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    const kept = await draftOf(house.admin, three, { mapping: sales });
    const half = await draftOf(house.admin, three, { mapping: sales });
    const age = (which: string, days: number, status: string) =>
      server.sql(
        `update import set created_at = now() - $2 * interval '1 day', status = $3 where id = $1`,
        [which, days, status],
      );
    await age(id, 8, 'draft');
    await age(kept.id, 6, 'draft');
    await age(half.id, 2, 'uploading');
    await server.app.get(ImportRunner).sweep();
    const left = await server.sql<{ id: string }>(
      'select distinct import_id as id from import_chunk where organisation_id = $1',
      [house.id],
    );
    expect(left).toEqual([{ id: kept.id }]);
  });
});

describe('a process that stops', () => {
  it('leaves its import to another one, which goes on where it was', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    // As somebody leaves it who took it and was not heard of since.
    await server.sql(
      `update import set status = 'running', leased_by = gen_random_uuid(),
         leased_until = now() - interval '1 second', rows = 1, recorded = 1, signed_by = 'command'
       where id = $1`,
      [id],
    );
    const done = await ended(house.admin, id);
    expect(done.progress).toMatchObject({ rows: 3, recorded: 3, unchanged: 0 });
    expect(await count()).toBe(2);
  });

  it('is not disturbed while it is heard of', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    await server.sql(
      `update import set status = 'running', leased_by = gen_random_uuid(),
         leased_until = now() + interval '3 seconds' where id = $1`,
      [id],
    );
    const second = await draftOf(house.admin, three, { mapping: sales });
    await put(second.id, 'commit');
    const status = async () =>
      (await house.admin.get<Import>(`/api/imports/${second.id}`)).body.status;
    expect(await status()).toBe('queued');
    const order = await eventually(
      () =>
        server.sql<{ id: string; finished: Date | null }>(
          'select id, finished_at as finished from import where organisation_id = $1 order by id',
          [house.id],
        ),
      (rows) => rows.every(({ finished }) => finished !== null),
    );
    const [first = 0, last = 0] = order.map(({ finished }) => finished?.getTime());
    expect(first).toBeLessThanOrEqual(last);
  });
});
