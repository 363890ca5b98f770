import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { LeafView, WithoutView } from '@palmares/shared/challenge/leaf-view';
import type { ProofView } from '@palmares/shared/challenge/proof-view';
import type { Client } from '../support/client.js';
import { plainRule, sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['ana', 'ben', 'cyd']);
});

interface Page {
  version: number;
  items: LeafView[];
  nextCursor: string | null;
}

const pathOf = (challenge: string, name: string) =>
  `/api/challenges/${challenge}/scores/${house.members[name]}`;

async function read<Body>(path: string, client: Client = house.admin): Promise<Body> {
  const { status, body } = await client.get<Body>(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

const treeOf = (challenge: string, name: string, query = '') =>
  read<ProofView>(pathOf(challenge, name) + query);

/** Every leaf under a measure, page by page. */
async function leavesOf(
  challenge: string,
  name: string,
  measure: string,
  query = '',
): Promise<LeafView[]> {
  const found: LeafView[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more = cursor ? `&cursor=${cursor}` : '';
    const path = `${pathOf(challenge, name)}/activities?measure=${measure}&limit=2${more}${query}`;
    const page: Page = await read<Page>(path);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

const measuresOf = (tree: ProofView) =>
  tree.rules.flatMap(({ kpis }) => kpis.flatMap(({ measures }) => measures));
const total = (values: readonly string[]) =>
  values.reduce((sum, value) => sum + Math.round(Number(value) * 10_000), 0);

/** Leaves add up at every measure and day of the tree; the score is the board's and the rules'. */
async function expectProved(challenge: string, name: string, asOf?: number): Promise<ProofView> {
  const query = asOf === undefined ? '' : `asOf=${asOf}`;
  const tree = await treeOf(challenge, name, query && `?${query}`);
  const board = await house.admin.board(challenge, query && `?${query}`);
  const row = board.rows.find(({ subject }) => subject.label === name);
  const { score, rank, reason, reachedAt } = tree;
  expect({ score, rank, reason, reachedAt }).toEqual({
    score: row?.score,
    rank: row?.rank,
    reason: row?.reason,
    reachedAt: row?.reachedAt,
  });
  expect(total(tree.rules.map((rule) => rule.score))).toBe(total([score]));
  for (const measure of measuresOf(tree)) {
    const leaves = await leavesOf(challenge, name, measure.id, query && `&${query}`);
    const days = Object.fromEntries(
      measure.days.map(({ day, count, sum }) => [day, [total([count]), total([sum])]]),
    );
    const said: Record<string, number[]> = {};
    for (const { occurredOn, count, sum } of leaves) {
      const [a = 0, b = 0] = said[occurredOn] ?? [];
      said[occurredOn] = [a + total([count]), b + total([sum])];
    }
    const something = Object.entries(said).filter(([, values]) => values.some((one) => one !== 0));
    expect(Object.fromEntries(something)).toEqual(days);
  }
  return tree;
}

const every = [
  { ...plainRule, dailyCap: '500', cap: '900' },
  { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', filters: { product: ['A'] } },
  { type: 'per-unit', kpi: 'new-customers', score: '10', per: '1' },
  { type: 'per-unit', kpi: 'active-customers', score: '3', per: '1' },
  { type: 'milestone', kpi: 'sales-count', thresholds: [{ at: '2', score: '9' }] },
  { type: 'improvement', kpi: 'revenue', score: '1', per: '0.01', cap: '50' },
  { type: 'rank-bonus', kpi: 'average-sale', scores: ['40', '20'] },
  { type: 'first-to', kpi: 'revenue', threshold: '300', scores: ['30', '15'] },
  { type: 'best-single', kpi: 'revenue', scores: ['7'] },
  { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.6', rules: [0, 4] },
];

/** Late, split, itemised, refunded, revised, withdrawn and judged. */
async function busyMonth() {
  const order = sale('ana', 90, {
    customer: 'Zorg',
    occurredAt: '2026-03-02T09:00:00Z',
    lines: [
      { product: 'A', quantity: 2, amount: '60' },
      { product: 'B', quantity: 1, amount: '30' },
    ],
  });
  const [half, rest] = [{ weight: '0.3333' }, { weight: '0.6667' }];
  const split = {
    ...sale('ana', '100.01', { customer: 'Acme', occurredAt: '2026-03-03' }),
    member: undefined,
    shares: [
      { member: { externalId: 'ana' }, ...half },
      { member: { externalId: 'ben' }, ...rest },
    ],
  };
  const rejected = sale('ana', 5000, { customer: 'Fake', occurredAt: '2026-03-04' });
  const revised = sale('ana', 999, { customer: 'Zorg', occurredAt: '2026-03-05' });
  const gone = sale('ana', 70, { customer: 'Gone', occurredAt: '2026-03-05' });
  await house.record(
    sale('ana', 100, { occurredAt: '2026-02-10', customer: 'Old' }),
    sale('ben', 10, { occurredAt: '2026-02-11' }),
  );
  const challenge = await house.challenge({ rules: every });
  await house.record(
    order,
    split,
    rejected,
    revised,
    gone,
    sale('ana', 700, { customer: 'Old', occurredAt: '2026-03-06' }),
    sale('ana', 20, { type: 'sale.refunded', customer: 'Zorg', occurredAt: '2026-03-06' }),
    sale('ana', 0, { type: 'deal.lost', occurredAt: '2026-03-07' }),
    sale('ben', 310, { customer: 'Acme', occurredAt: '2026-03-01', product: 'A' }),
    sale('cyd', 310, { customer: 'Cap', occurredAt: '2026-03-01' }),
  );
  const verdict = { verdict: 'rejected', reason: 'twice' };
  await house.admin.post(`/api/activities/${activityIdOf(rejected)}/verdict`, verdict);
  await house.record({ ...revised, amount: 50 }, { ...gone, void: true });
  return { challenge, order, split, rejected, revised, gone };
}

describe('the proof of a score', () => {
  it('explains every type of rule, down to activities that add up', async () => {
    const { challenge } = await busyMonth();
    for (const name of ['ana', 'ben', 'cyd']) await expectProved(challenge, name);
    const { rules } = await treeOf(challenge, 'ana');
    expect(rules.map(({ by }) => by)).toEqual(every.map(({ type }) => type));
    expect(rules[0]).toMatchObject({
      sentence: { en: expect.stringContaining('1') },
      cuts: [{ day: '2026-03-06', full: '680', left: '500' }],
      held: '0',
    });
    expect(rules[9]).toMatchObject({ met: true, kpis: [{ kpi: 'win-rate' }] });
    expect(rules[9]?.kpis[0]?.value).toBeCloseTo(3.3333 / 4.3333, 10);
    expect(rules[2]).toMatchObject({ score: '10' });
  });

  it('says with whom a place is shared, and which gate holds a rule back', async () => {
    const { challenge } = await busyMonth();
    const [ben, cyd] = [await treeOf(challenge, 'ben'), await treeOf(challenge, 'cyd')];
    expect(ben.rules[7]).toMatchObject({
      bonus: '22.5',
      place: { place: 1, of: 3, on: '2026-03-01', sharedWith: [{ label: 'cyd' }] },
    });
    expect(cyd.rules[7]?.place).toMatchObject({ sharedWith: [{ label: 'ben' }] });
    const lost = Array.from({ length: 4 }, () => sale('cyd', 0, { type: 'deal.lost' }));
    await house.record(...lost);
    const held = await expectProved(challenge, 'cyd');
    expect(held.rules[0]).toMatchObject({ score: '0', own: '310', held: '310', heldBy: [9] });
    expect(held.rules[9]).toMatchObject({ met: false });
  });

  it('shows shares, lines, verdicts and the revision that counts', async () => {
    const { challenge, order, split, rejected, revised, gone } = await busyMonth();
    const tree = await treeOf(challenge, 'ana');
    const [sold] = measuresOf(tree);
    const leaves = await leavesOf(challenge, 'ana', sold?.id ?? '');
    const byId = new Map(leaves.map((leaf) => [leaf.externalId, leaf]));
    expect(byId.get(split.externalId)).toMatchObject({ weight: '0.3333', sum: '33.3333' });
    expect(byId.get(rejected.externalId)).toMatchObject({
      verdict: 'rejected',
      withheld: true,
      sum: '0',
      amount: '5000',
    });
    expect(byId.get(revised.externalId)).toMatchObject({ revision: 2, sum: '50', verdict: null });
    expect(byId.has(gone.externalId)).toBe(false);
    const ofA = tree.rules[1]?.kpis[0]?.measures[0];
    const [line] = await leavesOf(challenge, 'ana', ofA?.id ?? '');
    expect(line).toMatchObject({ externalId: order.externalId, amount: '90', sum: '60' });
    expect(line?.lines.map(({ product }) => product)).toEqual(['A', 'B']);
  });

  it('tells the sale that brought a new customer from those that came after', async () => {
    const { challenge } = await busyMonth();
    const tree = await treeOf(challenge, 'ana');
    const id = tree.rules[2]?.kpis[0]?.measures[0]?.id ?? '';
    const leaves = await leavesOf(challenge, 'ana', id);
    const given = leaves.filter(({ withheld }) => !withheld);
    expect(given.map(({ customer, sum }) => [customer, sum])).toEqual([
      ['Zorg', '1'],
      ['Acme', '0'],
      ['Zorg', '0'],
      ['Old', '0'],
    ]);
  });

  it('is told page by page and day by day', async () => {
    const { challenge } = await busyMonth();
    const [sold] = measuresOf(await treeOf(challenge, 'ana'));
    const path = `${pathOf(challenge, 'ana')}/activities?measure=${sold?.id}`;
    const whole = await read<Page>(path);
    expect(whole.nextCursor).toBeNull();
    expect(await leavesOf(challenge, 'ana', sold?.id ?? '')).toEqual(whole.items);
    const day = await read<Page>(`${path}&day=2026-03-05`);
    expect(day.items.map(({ occurredOn }) => occurredOn)).toEqual(['2026-03-05']);
    expect((await read<Page>(`${path}&day=2026-02-10`)).items).toEqual([]);
    for (const wrong of ['&cursor=x', '&limit=0', '&day=soon']) {
      expect((await house.admin.get(path + wrong)).status).toBe(422);
    }
  });

  it('of an earlier turn stays what it was', async () => {
    const { challenge } = await busyMonth();
    const before = await treeOf(challenge, 'ana');
    const then = await leavesOf(challenge, 'ana', measuresOf(before)[0]?.id ?? '');
    await house.record(
      sale('ana', 3000, { customer: 'Zorg', occurredAt: '2026-02-28' }),
      sale('ben', 4000, { customer: 'Late', occurredAt: '2026-03-01' }),
    );
    expect((await treeOf(challenge, 'ana')).score).not.toBe(before.score);
    expect(await treeOf(challenge, 'ana', `?asOf=${before.version}`)).toEqual(before);
    for (const name of ['ana', 'ben']) {
      await expectProved(challenge, name);
      await expectProved(challenge, name, before.version - 2);
    }
    const measure = measuresOf(before)[0]?.id ?? '';
    const again = await leavesOf(challenge, 'ana', measure, `&asOf=${before.version}`);
    expect(again).toEqual(then);
    const early = await house.admin.get(`${pathOf(challenge, 'ana')}?asOf=1`);
    expect(early.status).toBe(404);
  });

  it('says what a score would be without an activity, as when it is void', async () => {
    const { challenge, order, split, rejected } = await busyMonth();
    const path = (one: { source: string; externalId: string }) =>
      `${pathOf(challenge, 'ana')}/without/${activityIdOf(one)}`;
    for (const one of [order, split]) {
      const said = await read<WithoutView>(path(one));
      const tree = await treeOf(challenge, 'ana');
      expect(said).toMatchObject({ counts: true, with: { score: tree.score, rank: tree.rank } });
      await house.record({ ...one, void: true });
      const { score, rank, reason, reachedAt } = await expectProved(challenge, 'ana');
      expect(said.without).toEqual({ score, rank, reason, reachedAt });
      await house.record(one);
    }
    const nothing = await read<WithoutView>(path(rejected));
    expect(nothing).toMatchObject({ counts: false, without: nothing.with });
  });

  it('knows no activity, measure or subject that is not its own', async () => {
    const { challenge } = await busyMonth();
    const other = await server.organisation(['eve']);
    const theirs = await other.challenge();
    const foreign = sale('ben', 5);
    await house.record(foreign);
    const statuses = await Promise.all(
      [
        `${pathOf(challenge, 'ana')}/without/${activityIdOf(foreign)}`,
        `${pathOf(challenge, 'ana')}/without/test~nothing`,
        pathOf(theirs, 'ana'),
        `/api/challenges/${challenge}/scores/${other.members['eve']}`,
        `${pathOf(await house.draft(), 'ana')}`,
        `${pathOf(challenge, 'ana')}/activities?measure=${challenge}`,
      ].map(async (path) => (await house.admin.get(path)).status),
    );
    expect(statuses).toEqual([404, 404, 404, 404, 404, 422]);
  });
});

describe('the proof of a team', () => {
  it('goes down to what its members did on the days on which they belonged', async () => {
    const [north, south] = [await house.team('Nord', ['ana', 'ben']), await house.team('Sud')];
    await house.move('cyd', [
      { teamId: north, to: '2026-03-11' },
      { teamId: south, from: '2026-03-11' },
    ]);
    const challenge = await house.challenge({
      audience: { kind: 'teams', by: 'per-head' },
      rules: [plainRule, { type: 'per-unit', kpi: 'new-customers', score: '30', per: '1' }],
    });
    const split = {
      ...sale('ana', 90, { occurredAt: '2026-03-12', customer: 'Both' }),
      member: undefined,
      shares: ['ana', 'cyd', 'ben'].map((name, at) => {
        return { member: { externalId: name }, weight: ['0.3', '0.5', '0.2'][at] };
      }),
    };
    await house.record(
      sale('cyd', 10, { occurredAt: '2026-03-02', customer: 'Early' }),
      sale('cyd', 20, { occurredAt: '2026-03-20', customer: 'Early' }),
      sale('ben', 30, { occurredAt: '2026-03-02', customer: 'Early' }),
      split,
    );
    Object.assign(house.members, { Nord: north, Sud: south });
    const tree = await expectProved(challenge, 'Nord');
    expect(tree).toMatchObject({
      subject: { type: 'team', label: 'Nord' },
      heads: { personDays: 72, days: 31 },
    });
    await expectProved(challenge, 'Sud');
    const leaves = await leavesOf(challenge, 'Nord', measuresOf(tree)[0]?.id ?? '');
    expect(leaves.map(({ occurredOn, weight, sum }) => [occurredOn, weight, sum])).toEqual([
      ['2026-03-02', '1', '10'],
      ['2026-03-02', '1', '30'],
      ['2026-03-12', '0.5', '45'],
    ]);
    const path = `${pathOf(challenge, 'Nord')}/without/${activityIdOf(split)}`;
    const said = await read<WithoutView>(path);
    await house.record({ ...split, void: true });
    const { score, rank, reason, reachedAt } = await expectProved(challenge, 'Nord');
    expect(said.without).toEqual({ score, rank, reason, reachedAt });
  });
});

describe('who may read a proof', () => {
  it('is HR too once it is certified, and then it stays what it was', async () => {
    const challenge = await house.challenge({
      from: '2026-03-01',
      to: '2026-03-12',
      payout: [{ kind: 'rank', points: [100] }],
    });
    await house.record(sale('ana', 10));
    const hr = await house.signIn('hr');
    expect((await hr.get(pathOf(challenge, 'ana'))).status).toBe(403);
    const before = await treeOf(challenge, 'ana');
    const done = await house.certify(challenge);
    expect(done.status).toBe(200);
    const late = sale('ana', 99);
    await house.record(late);
    const after = await read<ProofView>(pathOf(challenge, 'ana'), hr);
    expect({ ...after, version: 0 }).toEqual({ ...before, version: 0 });
    await expectProved(challenge, 'ana');
    // It has paid nothing to anybody else.
    expect((await hr.get(pathOf(challenge, 'ben'))).status).toBe(403);
    const path = `${pathOf(challenge, 'ana')}/without/${activityIdOf(late)}`;
    expect((await house.admin.get(path)).status).toBe(409);
  });

  it('is whoever it is about, and who managed them on some day of the window', async () => {
    const challenge = await house.challenge();
    const rep = await house.signIn('rep', { name: 'own' });
    const boss = await house.signIn('manager', { name: 'boss' });
    const managers = [{ memberId: house.members['boss'], from: '2026-03-30' }];
    await house.team('Nord', ['ana'], { managers });
    const status = async (client: Client, name: string) =>
      (await client.get(pathOf(challenge, name))).status;
    expect([await status(rep, 'own'), await status(rep, 'ana')]).toEqual([200, 403]);
    expect([await status(boss, 'ana'), await status(boss, 'ben')]).toEqual([200, 403]);
    const april = await house.challenge({ from: '2026-02-01', to: '2026-03-01' });
    expect((await boss.get(pathOf(april, 'ana'))).status).toBe(403);
  });
});
