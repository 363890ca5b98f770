import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linesOf } from '../support/client.js';
import { sale, type Receipt, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali']);
});
afterAll(() => server.close());

const post = (body: object) =>
  house.admin.post<Receipt & { errors: object[] }>('/api/activities', body);
const stored = async (externalId: string) =>
  server.sql<Record<string, unknown>>(
    `select occurred_on::text, occurred_at, amount, quantity, revision, superseded_seq, attributes
     from activity where organisation_id = $1 and external_id = $2 order by revision`,
    [house.id, externalId],
  );

describe('a batch of activities', () => {
  it('is receipted item by item', async () => {
    const known = sale('zoe', 5);
    await house.record(known);
    const batch = [known, { ...known, amount: 6 }, sale('ali', 1), sale('nobody', 1), { x: 1 }];
    expect(await post({ activities: batch })).toMatchObject({
      status: 200,
      body: {
        recorded: 1,
        revised: 1,
        unchanged: 1,
        waiting: 1,
        refused: [{ index: 4, code: 'invalid', detail: expect.any(String) }],
      },
    });
  });

  it('has a receipt of exactly these fields', async () => {
    const { body } = await post({ activities: [] });
    const counts = { recorded: 0, revised: 0, unchanged: 0, stale: 0, waiting: 0 };
    expect(body).toEqual({ ...counts, refused: [] });
  });

  it.each([
    [
      'an id that nobody has',
      () => ({ ...sale('', 1), member: { id: NOBODY } }),
      '/activities/1/member',
      'member-unknown',
    ],
    ['a wrong amount', () => sale('zoe', -1), '/activities/1/amount', 'invalid-amount'],
  ])('is refused as a whole for %s when it is atomic', async (_what, wrong, pointer, code) => {
    const good = sale('zoe', 1);
    expect(await post({ mode: 'atomic', activities: [good, wrong()] })).toMatchObject({
      status: 422,
      body: { code: 'batch-refused', errors: [{ pointer, code }] },
    });
    expect(await stored(good.externalId)).toEqual([]);
  });

  it('is recorded as a whole when it is atomic and all is well', async () => {
    const batch = [sale('zoe', 1), sale('ali', 1)];
    expect(await post({ mode: 'atomic', activities: batch })).toMatchObject({
      status: 200,
      body: { recorded: 2 },
    });
  });

  it('carries five thousand activities and not one more', async () => {
    const most = Array.from({ length: 5000 }, () => sale('zoe', 1));
    expect(await post({ activities: most })).toMatchObject({ body: { recorded: 5000 } });
    expect(await post({ activities: [...most, sale('zoe', 1)] })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/activities' }] },
    });
  });
});

describe('an activity', () => {
  it.each([
    [{ amount: 1054.5 }, { amount: '10545000' }],
    [{ amount: '1054.5000' }, { amount: '10545000' }],
    [{ amount: 0 }, { amount: '0' }],
    [{ amount: '1000000000' }, { amount: '10000000000000' }],
    [
      { amount: null, quantity: 0.0001 },
      { amount: null, quantity: '1' },
    ],
    [{ attributes: { b: 1, a: 'é' } }, { attributes: { a: 'é', b: 1 } }],
    [{ attributes: { constructor: 'x' } }, { attributes: { constructor: 'x' } }],
  ])('with %j is kept exactly', async (more, expected) => {
    const posted = { ...sale('zoe', 1), ...more };
    await house.record(posted);
    expect(await stored(posted.externalId)).toMatchObject([expected]);
    expect(await house.record(posted)).toMatchObject({ unchanged: 1 });
  });

  it.each([
    ['2026-03-14T23:30:00Z', '2026-03-15'],
    ['2026-03-14T22:59:59.999Z', '2026-03-14'],
    ['2026-03-14T23:00:00Z', '2026-03-15'],
    ['2026-03-01T00:30:00+14:00', '2026-02-28'],
    ['2025-07-14T22:30:00Z', '2025-07-15'],
    ['2026-03-14', '2026-03-14'],
  ])('that happened at %s happened in Paris on %s', async (occurredAt, day) => {
    const posted = { ...sale('zoe', 1), occurredAt };
    await house.record(posted);
    expect(await stored(posted.externalId)).toMatchObject([{ occurred_on: day }]);
  });

  it('belongs to a member by id, e-mail in any case, or external id', async () => {
    const id = await house.member('Léa', { email: 'lea@example.com' });
    for (const member of [{ id }, { email: 'LEA@Example.com' }, { externalId: 'Léa' }]) {
      expect(await house.record({ ...sale('', 1), member })).toMatchObject({ recorded: 1 });
    }
  });

  it.each([
    [{ currency: 'USD' }, 'currency-not-accepted', '/currency'],
    [{ occurredAt: '2026-03-17' }, 'activity-in-the-future', '/occurredAt'],
    [{ occurredAt: '2026-03-16T12:01:00Z' }, 'activity-in-the-future', '/occurredAt'],
    [{ amount: '1000000000.0001' }, 'invalid-amount', '/amount'],
    [{ amount: 1e-5 }, 'invalid-amount', '/amount'],
    [{ customer: 'a\0b' }, 'invalid', '/customer'],
    [{ region: '\ud800' }, 'invalid', '/region'],
    [{ attributes: { note: '\udfff' } }, 'invalid', '/attributes/note'],
    [{ attributes: { 'a\0': 1 } }, 'invalid', '/attributes/a\0'],
    [{ source: 'x'.repeat(61) }, 'invalid', '/source'],
    [{ member: undefined }, 'member-missing', '/member'],
    [{ member: { id: '01890000-0000-7000-8000-000000000000' } }, 'member-unknown', '/member'],
    [{ type: 'deal.dreamt' }, 'activity-type-unknown', '/type'],
    [{ shares: [] }, 'invalid', '/shares'],
  ])('with %j is refused as %s', async (more, code, pointer) => {
    const { refused, recorded } = await house.record({ ...sale('zoe', 1), ...more });
    expect([recorded, refused]).toMatchObject([0, [{ index: 0, code, pointer }]]);
  });

  it('of the longest names and of any script is kept as it came', async () => {
    const externalId = '🏆'.repeat(100);
    const customer = 'Œuvre d’été — Ω 你好 👩‍🚀';
    await house.record({ ...sale('zoe', 1), source: 'é'.repeat(60), externalId, customer });
    const rows = await server.sql('select customer from activity where external_id = $1', [
      externalId,
    ]);
    expect(rows).toEqual([{ customer }]);
  });
});

describe('an organisation', () => {
  it('sees nothing of another one that uses the same names', async () => {
    const other = await server.organisation(['zoe']);
    const [mine, theirs] = [await house.challenge(), await other.challenge()];
    const before = await house.admin.board(mine);
    const same = sale('zoe', 41);
    await other.record(same);
    expect(linesOf(await other.admin.board(theirs))).toEqual([[1, 'zoe', '41']]);
    expect(await house.admin.board(mine)).toEqual(before);
    expect(await house.record(same)).toMatchObject({ recorded: 1 });
    expect(linesOf(await other.admin.board(theirs))).toEqual([[1, 'zoe', '41']]);
  });

  it('cannot credit the member of another one', async () => {
    const other = await server.organisation();
    const stranger = { ...sale('', 1), member: { id: house.members['zoe'] } };
    expect((await other.record(stranger)).refused).toMatchObject([{ code: 'member-unknown' }]);
  });
});
