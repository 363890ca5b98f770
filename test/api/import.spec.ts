import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Import } from '@palmares/shared/import/import';
import { writeXlsx } from 'hucre/xlsx';
import { linesOf } from '../support/client.js';
import { bring, draftOf, ended, imported } from '../support/import.js';
import type { TestOrganisation } from '../support/organisation.js';
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

describe('a file that is brought', () => {
  it('is a draft with a mapping that was guessed and what it would do; nothing is written', async () => {
    const draft = await draftOf(house.admin, three, { name: 'Ventes mars.csv' });
    expect(draft).toMatchObject({
      kind: 'activities',
      status: 'draft',
      fileName: 'Ventes mars.csv',
      format: 'csv',
      encoding: 'utf-8',
      createdBy: expect.stringMatching(/^key:/),
      finishedAt: null,
      columns: [
        { name: 'N°', samples: ['1', '2', '3'] },
        { name: 'Vendeur', samples: ['zoe', 'ali'] },
        { name: 'Date' },
        { name: 'Montant' },
      ],
      mapping: { columns: sales.columns, decimals: 'comma', dates: 'day-first' },
      preview: { rows: 3, whole: true, wouldRecord: 3, wouldWait: 0, skipped: 0, wouldRefuse: 0 },
      progress: { rows: 0, rowsTotal: 3, bytesRead: 0, bytesTotal: Buffer.byteLength(three) },
    });
    expect(draft.preview?.items[0]).toMatchObject({ amount: '1000.5', occurredAt: '2026-03-10' });
    expect(await count()).toBe(0);
  });

  it('shows by its preview what would wait, be refused, passed over, or revise itself', async () => {
    const text = `${HEAD}1;zoe;10/03/2026;1\n1;zoe;10/03/2026;2\n3;nobody;10/03/2026;3\n4;zoe;hier;4\n5;;;\n6;zoe;10/03/2026;"x\n`;
    const mapping = { ...sales, skip: [{ column: 'Vendeur', is: [''] }] };
    const { preview } = await draftOf(house.admin, text, { mapping });
    expect(preview).toMatchObject({
      rows: 6,
      wouldRecord: 3,
      wouldWait: 1,
      repeated: 1,
      skipped: 1,
      wouldRefuse: 2,
    });
    expect(preview?.refused).toMatchObject([
      { line: 5, pointer: '/occurredAt', code: 'invalid', row: ['4', 'zoe', 'hier', '4'] },
      { line: 7, pointer: '', code: 'row-unreadable' },
    ]);
  });

  it('is read anew by another mapping, as long as it is a draft', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    const point = { ...sales, decimals: 'point', skip: [{ column: 'N°', is: ['2'] }] };
    const changed = await house.admin.patch<Import>(`/api/imports/${id}`, { mapping: point });
    expect(changed.body.preview).toMatchObject({ wouldRecord: 0, skipped: 1, wouldRefuse: 2 });
    const missing = { ...sales, columns: { amount: 'Prix' } };
    expect(await house.admin.patch(`/api/imports/${id}`, { mapping: missing })).toMatchObject({
      status: 422,
      body: { detail: 'The file has no column Prix' },
    });
    await house.admin.patch(`/api/imports/${id}`, { mapping: sales });
    await put(id, 'commit');
    await ended(house.admin, id);
    expect(await house.admin.patch(`/api/imports/${id}`, { mapping: sales })).toMatchObject({
      status: 409,
      body: { code: 'import-finished' },
    });
  });

  it('says that it saw the beginning only, when it is long', async () => {
    const lines = Array.from({ length: 6_500 }, (_one, at) => `${at};zoe;10/03/2026;1\n`).join('');
    const { preview, progress } = await draftOf(house.admin, HEAD + lines, { mapping: sales });
    expect(preview).toMatchObject({ rows: 5_000, whole: false, wouldRecord: 5_000 });
    expect(progress.rowsTotal).toBe(6_500);
  });

  it.each([
    ['nothing', '', {}, 'file-unreadable'],
    ['no column that is needed', 'a;b\n1;2\n', { mapping: sales }, 'invalid'],
    ['a mapping of something else', three, { mapping: { kind: 'wishes' } }, 'invalid'],
    ['a kind that its mapping is not of', three, { kind: 'members', mapping: sales }, 'invalid'],
    [
      'a field that there is not',
      three,
      { mapping: { ...sales, columns: { wish: 'N°' } } },
      'invalid',
    ],
  ])('with %s is refused, and nothing of it stays', async (_name, text, brought, code) => {
    expect(await bring(house.admin, text, brought)).toMatchObject({ status: 422, body: { code } });
    const rows = await server.sql('select from import where organisation_id = $1', [house.id]);
    expect(rows).toEqual([]);
  });

  it('that is no form, or has no file, is refused', async () => {
    const form = new FormData();
    form.set('kind', 'members');
    const post = (init: RequestInit) =>
      house.admin.raw('/api/imports', { method: 'POST', ...init });
    expect(await post({ body: form })).toMatchObject({ status: 422 });
    const headers = { 'content-type': 'application/json' };
    expect(await post({ body: '{}', headers })).toMatchObject({ status: 415 });
  });

  it('of a key that may not bring its kind is refused', async () => {
    const sender = server.client(await house.key('activities:write'));
    const people = server.client(await house.key('people:write'));
    const members = { kind: 'members', columns: { externalId: 'id', name: 'name' } };
    expect((await bring(sender, 'id;name\n1;Eva\n', { mapping: members })).status).toBe(403);
    expect((await bring(sender, three)).status).toBe(201);
    expect((await bring(people, 'id;name\n1;Eva\n', { mapping: members })).status).toBe(201);
    const list = await sender.get<{ items: Import[] }>('/api/imports');
    expect(list.body.items.map(({ kind }) => kind)).toEqual(['activities']);
  });
});

describe('an import', () => {
  it('is recorded to its end, scored, and told row by row', async () => {
    const challenge = await house.challenge();
    const done = await imported(house.admin, three, { mapping: sales });
    expect(done).toMatchObject({
      status: 'done',
      error: null,
      finishedAt: expect.any(String),
      progress: { rows: 3, rowsTotal: 3, recorded: 3, refused: 0 },
    });
    expect(done.progress.bytesRead).toBe(done.progress.bytesTotal);
    expect(await scores(challenge)).toEqual({ zoe: '1000.75', ali: '7' });
    const again = await imported(house.admin, three, { mapping: sales });
    expect(again.progress).toMatchObject({ recorded: 0, unchanged: 3 });
    const rows = await server.sql('select from import_chunk where organisation_id = $1', [
      house.id,
    ]);
    expect(rows).toEqual([]);
  });

  it('that is asked for twice happens once', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    const answers = await Promise.all([put(id, 'commit'), put(id, 'commit'), put(id, 'commit')]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await ended(house.admin, id)).progress).toMatchObject({ recorded: 3, unchanged: 0 });
    expect((await put(id, 'commit')).body.status).toBe('done');
  });

  it('gives back the refused rows, in French, to be mended and imported again', async () => {
    const text = `${HEAD}1;zoe;10/03/2026;1\n2;=HYPERLINK(1);hier;-5,5\n3;"a;b";12/03/2026;beaucoup\n`;
    const { id, progress } = await imported(house.admin, text, { mapping: sales });
    expect(progress).toMatchObject({ rows: 3, recorded: 1, refused: 2 });
    const { headers, body } = await house.admin.get<string>(`/api/imports/${id}/refused.csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="refused.csv"; filename*=UTF-8''lignes%20refus%C3%A9es.csv`,
    );
    expect(body).toBe(
      [
        '"N°";"Vendeur";"Date";"Montant";"Ligne";"Motif du refus"',
        `"2";"'=HYPERLINK(1)";"hier";"-5,5";"3";"Date : une date est attendue, comme 31/12/2026"`,
        '"3";"a;b";"12/03/2026";"beaucoup";"4";"Montant : un montant positif est attendu, avec quatre décimales au plus"',
        '',
      ].join('\r\n'),
    );
    const mended = body.replace(`"'=HYPERLINK(1)";"hier";"-5,5"`, 'ali;11/03/2026;5,5');
    const second = await imported(house.admin, `\ufeff${mended}`, { mapping: sales });
    expect(second.progress).toMatchObject({ rows: 2, recorded: 1, refused: 1 });
  });

  it('gives them back in English to those who read it, once for each row', async () => {
    house = await server.organisation(['zoe'], { locale: 'en', currency: 'GBP' });
    const twice = { ...sales, several: [{ constants: { externalId: '{N°}a' } }, {}] };
    const { id, progress } = await imported(house.admin, `${HEAD}1;zoe;hier;1\n`, {
      mapping: twice,
    });
    expect(progress).toMatchObject({ rows: 1, refused: 2 });
    const { body } = await house.admin.get<string>(`/api/imports/${id}/refused.csv`);
    expect(body.split('\r\n')).toEqual([
      '"N°","Vendeur","Date","Montant","Line","Reason"',
      '"1","zoe","hier","1","2","Date: an ISO 8601 date, or an instant with its offset"',
      '',
    ]);
  });

  it('of a workbook takes numbers as numbers, whatever separates decimals elsewhere', async () => {
    const challenge = await house.challenge();
    const rows = [
      ['N°', 'Vendeur', 'Date', 'Montant'],
      [1, 'zoe', new Date('2026-03-10T00:00:00Z'), 1234.567],
      [2, 'ali', new Date('2026-03-11T00:00:00Z'), '1 234,5'],
    ];
    const file = await writeXlsx({ sheets: [{ name: 'Mars', rows }] });
    const done = await imported(house.admin, file, { name: 'mars.xlsx', mapping: sales });
    expect(done).toMatchObject({ format: 'xlsx', sheet: 'Mars', progress: { recorded: 2 } });
    expect(await scores(challenge)).toEqual({ zoe: '1234.567', ali: '1234.5' });
  });

  it('of running totals revises what the last one said', async () => {
    const challenge = await house.challenge();
    const totals = {
      ...sales,
      constants: { ...sales.constants, externalId: '{Vendeur}-{Mois}' },
    };
    const month = (amount: string) =>
      `Vendeur;Mois;Date;Montant\nzoe;2026-03;31/03/2026;${amount}\n`;
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
    await imported(house.admin, month('100'), { mapping: totals });
    const second = await imported(house.admin, month('150'), { mapping: totals });
    expect(second.progress).toMatchObject({ recorded: 0, revised: 1 });
    expect(await scores(challenge)).toMatchObject({ zoe: '150' });
  });

  it('refuses the one row that no total can hold, and takes the others', async () => {
    await house.challenge({
      rules: [{ type: 'per-unit', kpi: 'revenue', score: '1000000', per: '0.0001' }],
    });
    const lines = [1, 2, 3, 4, 5].map(
      (n) => `${n};zoe;10/03/2026;${n === 3 ? '900000000' : '0'}\n`,
    );
    const done = await imported(house.admin, HEAD + lines.join(''), { mapping: sales });
    expect(done.progress).toMatchObject({ rows: 5, recorded: 4, refused: 1 });
    const { body } = await house.admin.get<string>(`/api/imports/${done.id}/refused.csv`);
    expect(body).toContain('un total deviendrait trop grand');
  });

  it('of another organisation is not there', async () => {
    const { id } = await draftOf(house.admin, three, { mapping: sales });
    const other = await server.organisation();
    for (const what of ['commit', 'undo']) {
      expect((await other.admin.post(`/api/imports/${id}/${what}`)).status).toBe(404);
    }
    expect((await other.admin.get(`/api/imports/${id}/refused.csv`)).status).toBe(404);
    const list = await other.admin.get<{ items: Import[] }>('/api/imports');
    expect(list.body.items).toEqual([]);
  });

  it('is listed, the newest first', async () => {
    const first = await draftOf(house.admin, three, { mapping: sales });
    const second = await draftOf(house.admin, three, { mapping: sales });
    const list = async (query: string) =>
      (
        await house.admin.get<{ items: Import[]; nextCursor: string | null }>(
          `/api/imports${query}`,
        )
      ).body;
    const page = await list('?limit=1');
    expect(page.items.map(({ id }) => id)).toEqual([second.id]);
    const rest = await list(`?limit=1&cursor=${page.nextCursor}`);
    expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([[first.id], null]);
  });
});
