import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../support/kpi.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
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

interface Answer {
  code?: string;
  errors?: { pointer: string; detail: string }[];
}
const demo = { type: 'demo.done', name: 'Démonstration' };
const say = (...activityTypes: object[]) =>
  house.admin.patch<Answer>('/api/organisation', { activityTypes });
const refused = async (activity: object, on = house) =>
  (await on.record(activity)).refused.map(({ code, pointer }) => [code, pointer]);
const UNKNOWN = [['activity-type-unknown', '/type']];
const demos = {
  code: 'demos',
  measures: { demos: { aggregation: 'count', types: ['deal.won', 'demo.done'] } },
  formula: 'demos',
  card: { fr: { name: 'Démonstrations' } },
};

describe('a type of one’s own', () => {
  it('is recorded from the moment that there is one, in this organisation alone', async () => {
    const done = sale('zoe', 0, { type: 'demo.done', amount: null });
    expect(await refused(done)).toEqual(UNKNOWN);
    expect((await say(demo)).status).toBe(200);
    expect(await refused(done)).toEqual([]);
    const elsewhere = await server.organisation(['zoe']);
    expect(await refused(done, elsewhere)).toEqual(UNKNOWN);
    const { body } = await house.admin.get('/api/organisation');
    expect(body).toMatchObject({ activityTypes: [{ ...demo, member: 'required' }] });
    const { body: session } = await (await house.signIn('rep')).get('/api/session');
    expect(session).toMatchObject({ current: { organisation: { activityTypes: [demo] } } });
  });

  it('says itself whether somebody must be named', async () => {
    await say(demo, { type: 'stock.counted', name: 'Inventaire', member: 'optional' });
    const nobody = { member: undefined, amount: null };
    const pointer = await refused(sale('zoe', 0, { type: 'demo.done', ...nobody }));
    expect(pointer).toEqual([['member-missing', '/member']]);
    expect(await refused(sale('zoe', 0, { type: 'stock.counted', ...nobody }))).toEqual([]);
  });

  it('is counted by KPIs', async () => {
    await say(demo);
    expect((await house.admin.post('/api/kpis', demos)).status).toBe(201);
    await house.record(sale('zoe', 0, { type: 'demo.done' }), sale('zoe', 5), sale('ali', 5));
    const { rows } = await ask(house.admin, 'demos', 'period=2026-03&by=member');
    expect(rows.map(({ subject, value }) => [subject.label, value])).toEqual([
      ['zoe', 2],
      ['ali', 1],
    ]);
  });

  it('that is taken away is refused from then on, and what is recorded stays', async () => {
    await say(demo);
    await house.admin.post('/api/kpis', demos);
    await house.record(sale('zoe', 0, { type: 'demo.done' }));
    await say();
    expect(await refused(sale('zoe', 0, { type: 'demo.done' }))).toEqual(UNKNOWN);
    const { total } = await ask(house.admin, 'demos', 'period=2026-03');
    expect(total).toMatchObject({ value: 1 });
    const { body } = await house.admin.get<{ items: object[] }>(
      '/api/audit?action=organisation.change',
    );
    expect(body.items[0]).toMatchObject({
      before: { activityTypes: [demo] },
      after: { activityTypes: [] },
    });
  });

  it.each([
    [[{ ...demo, type: 'deal.won' }], '/activityTypes/0/type'],
    [[{ ...demo, type: 'Demo done' }], '/activityTypes/0/type'],
    [[{ ...demo, name: '' }], '/activityTypes/0/name'],
    [[demo, { ...demo, name: 'Encore' }], '/activityTypes/1/type'],
    [[{ ...demo, member: 'never' }], '/activityTypes/0/member'],
  ])('is refused at its place: %j', async (types, pointer) => {
    const { status, body } = await say(...types);
    expect([status, body.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });
});

describe('a KPI of types that there are not', () => {
  it('is refused at the type, when it is made, changed or tried', async () => {
    const where = { errors: [{ pointer: '/measures/demos/types/1' }] };
    const { measures, formula } = demos;
    const tried = '/api/kpis/preview?period=2026-03';
    expect((await house.admin.post(tried, { measures, formula })).body).toMatchObject(where);
    expect((await house.admin.post('/api/kpis', demos)).body).toMatchObject(where);
    await say(demo);
    expect((await house.admin.post('/api/kpis', demos)).status).toBe(201);
    await say();
    const change = { card: { fr: { name: 'Présentations' } } };
    const { status, body } = await house.admin.patch('/api/kpis/demos', change);
    expect([status, body]).toMatchObject([422, where]);
  });
});
