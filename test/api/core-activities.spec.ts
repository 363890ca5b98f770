import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { linesOf } from '../support/client.js';
import { sale, type Receipt, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
  challenge = await house.challenge();
});

const none = { recorded: 0, revised: 0, unchanged: 0, stale: 0, waiting: 0, refused: [] };
const receipt = (counts: Partial<Receipt> & { stale?: number }) => ({ ...none, ...counts });
const lines = async (id = challenge) => linesOf(await house.admin.board(id));
const revisions = (externalId: string) =>
  server.sql<{ amount: string; version: string | null; current: boolean; void: boolean }>(
    `select amount, version, void, superseded_seq is null as current from activity
     where organisation_id = $1 and external_id = $2 order by revision`,
    [house.id, externalId],
  );
const refusalOf = async (activity: object) => {
  const { refused, recorded } = await house.record(activity);
  expect(recorded).toBe(0);
  return refused.map(({ code, pointer }) => [code, pointer]);
};

describe('a version', () => {
  it('wins by being higher, whenever it arrives', async () => {
    const third = { ...sale('zoe', 300), version: 3 };
    expect(await house.record(third)).toEqual(receipt({ recorded: 1 }));
    expect(await house.record({ ...third, version: 2, amount: 200 })).toEqual(
      receipt({ stale: 1 }),
    );
    expect(await lines()).toContainEqual([1, 'zoe', '300']);
    expect(await house.record({ ...third, version: 4, amount: 400 })).toEqual(
      receipt({ revised: 1 }),
    );
    expect(await lines()).toContainEqual([1, 'zoe', '400']);
    expect(await revisions(third.externalId)).toMatchObject([
      { amount: '3000000', version: '3', current: false },
      { amount: '2000000', version: '2', current: false },
      { amount: '4000000', version: '4', current: true },
    ]);
  });

  it('that comes too late is kept once, however often it comes', async () => {
    const second = { ...sale('zoe', 2), version: 2 };
    const first = { ...second, version: 1, amount: 1 };
    await house.record(second);
    for (let again = 0; again < 3; again++) {
      expect(await house.record(first)).toEqual(receipt({ stale: 1 }));
    }
    expect(await house.record(first, first, second)).toEqual(receipt({ stale: 2, unchanged: 1 }));
    expect(await revisions(second.externalId)).toHaveLength(2);
    expect(await lines()).toContainEqual([1, 'zoe', '2']);
  });

  it('is compared within one batch too', async () => {
    const one = sale('zoe', 1);
    const batch = [2, 1, 3, 2].map((version) => ({ ...one, version, amount: version }));
    expect(await house.record(...batch)).toEqual(receipt({ recorded: 1, stale: 2, revised: 1 }));
    expect(await lines()).toContainEqual([1, 'zoe', '3']);
    const rows = await revisions(one.externalId);
    expect(rows.filter(({ current }) => current)).toMatchObject([{ version: '3' }]);
    // The second version 2 is the first one again.
    expect(rows).toHaveLength(3);
  });

  it('may be an instant, in any zone', async () => {
    const one = { ...sale('zoe', 1), version: '2026-03-10T12:00:00+02:00' };
    await house.record(one);
    const before = { ...one, version: '2026-03-10T09:59:59.999Z', amount: 2 };
    expect(await house.record(before)).toEqual(receipt({ stale: 1 }));
    const after = { ...one, version: '2026-03-10T05:00:00.001-05:00', amount: 3 };
    expect(await house.record(after)).toEqual(receipt({ revised: 1 }));
    expect(await lines()).toContainEqual([1, 'zoe', '3']);
  });

  it('that is the same twice, or missing, gives way to what comes last', async () => {
    const one = { ...sale('zoe', 1), version: 5 };
    await house.record(one);
    expect(await house.record({ ...one, amount: 2 })).toEqual(receipt({ revised: 1 }));
    const { version: _version, ...without } = { ...one, amount: 3 };
    expect(await house.record(without)).toEqual(receipt({ revised: 1 }));
    expect(await house.record({ ...one, version: 1, amount: 4 })).toEqual(receipt({ revised: 1 }));
    expect(await lines()).toContainEqual([1, 'zoe', '4']);
  });

  it.each([-1, 1.5, '2026-03-10', 'v2', 2 ** 53, true])('%j is refused', async (version) => {
    const refusal = await refusalOf({ ...sale('zoe', 1), version });
    expect(refusal).toEqual([['invalid', '/version']]);
  });
});

describe('a void', () => {
  it('takes the score away, and the activity sent again brings it back', async () => {
    const one = sale('zoe', 300);
    await house.record(one, sale('ali', 100));
    expect(await house.record({ ...one, void: true })).toEqual(receipt({ revised: 1 }));
    expect(await lines()).toEqual([
      [1, 'ali', '100'],
      [2, 'zoe', '0'],
    ]);
    expect(await house.record({ ...one, void: true })).toEqual(receipt({ unchanged: 1 }));
    expect(await house.record(one)).toEqual(receipt({ revised: 1 }));
    expect(await lines()).toContainEqual([1, 'zoe', '300']);
    expect(await revisions(one.externalId)).toMatchObject([
      { void: false },
      { void: true },
      { void: false, current: true },
    ]);
  });

  it('may come before the activity: by its version it wins, without one it does not', async () => {
    const [late, plain] = [{ ...sale('zoe', 300), version: 1 }, sale('zoe', 20)];
    const gone = { ...late, void: true, version: 2 };
    expect(await house.record(gone, { ...plain, void: true })).toEqual(receipt({ recorded: 2 }));
    expect(await lines()).toContainEqual([1, 'zoe', '0']);
    expect(await house.record(late, plain)).toEqual(receipt({ stale: 1, revised: 1 }));
    expect(await lines()).toContainEqual([1, 'zoe', '20']);
  });

  it('needs no member, nor one that is known', async () => {
    const [one, other] = [sale('zoe', 300), sale('zoe', 20)];
    await house.record(one, other);
    const gone = [
      { ...one, member: undefined, void: true },
      { ...other, member: { externalId: 'nobody' }, void: true },
    ];
    expect(await house.record(...gone)).toEqual(receipt({ revised: 2 }));
    expect(await lines()).toContainEqual([1, 'zoe', '0']);
  });
});

describe('the lines of an order', () => {
  const order = (...more: object[]) => more.map((line) => ({ product: 'A', ...line }));

  it('are its amount, which need not be said', async () => {
    const { amount: _amount, ...plain } = sale('zoe', 0);
    const sum = order({ amount: '1.0001' }, { amount: 2, quantity: 3 }, { product: 'B' });
    expect(await house.record({ ...plain, item: 'order-1', lines: sum })).toMatchObject({
      recorded: 1,
    });
    expect(await lines()).toContainEqual([1, 'zoe', '3.0001']);
  });

  it.each([
    [{ amount: '3.0001' }, 'lines-do-not-add-up', '/amount'],
    [{ amount: 3, quantity: 1 }, 'lines-do-not-add-up', '/quantity'],
    [{ amount: 3, lines: [] }, 'invalid', '/lines'],
    [{ product: 'C' }, 'invalid', '/product'],
  ])('are refused beside %j', async (more, code, pointer) => {
    const both = order({ amount: 1 }, { amount: 2, quantity: 3 });
    const wrong = { ...sale('zoe', 3), lines: both, ...more };
    expect(await refusalOf(wrong)).toEqual([[code, pointer]]);
    expect(await lines()).toContainEqual([1, 'zoe', '0']);
  });

  it('count for a rule by product as far as they match, and the sale once', async () => {
    const filtered = (kpi: string) => ({
      type: 'per-unit',
      kpi,
      score: '1',
      per: '1',
      filters: { product: ['A'] },
    });
    const byRevenue = await house.challenge({ rules: [filtered('revenue')] });
    const bySales = await house.challenge({ rules: [filtered('sales-count')] });
    const mixed = [...order({ amount: 10 }, { amount: 5 }), { product: 'B', amount: 100 }];
    await house.record(
      { ...sale('zoe', 115), lines: mixed },
      { ...sale('ali', 7), product: 'A' },
      { ...sale('ali', 7), product: 'B' },
      sale('ali', 7),
    );
    expect(await lines(byRevenue)).toEqual([
      [1, 'zoe', '15'],
      [2, 'ali', '7'],
    ]);
    const byLabel = (await lines(bySales)).toSorted((a, b) =>
      String(a[1]) < String(b[1]) ? -1 : 1,
    );
    expect(byLabel.map(([, label, score]) => [label, score])).toEqual([
      ['ali', '1'],
      ['zoe', '1'],
    ]);
    expect(await lines()).toContainEqual([1, 'zoe', '115']);
  });
});

describe('a sale of several people', () => {
  const shared = (amount: string, weights: Record<string, number | string>) => {
    const { member: _member, ...plain } = sale('zoe', amount);
    const shares = Object.entries(weights).map(([name, weight]) => {
      return { member: { externalId: name }, weight };
    });
    return { ...plain, shares };
  };

  it('gives both exactly half of 1000.01', async () => {
    await house.record(shared('1000.01', { zoe: '0.5', ali: 0.5 }));
    expect(await lines()).toEqual([
      [1, 'ali', '500.005'],
      [1, 'zoe', '500.005'],
    ]);
  });

  it('loses nothing by thirds, nor by one ten-thousandth', async () => {
    await house.member('léa');
    const thirds = { zoe: '0.3333', ali: '0.3333', léa: '0.3334' };
    const one = await house.challenge();
    await house.record(shared('1000.01', thirds), shared('0.0001', { ali: '0.5', zoe: '0.5' }));
    const board = await house.admin.board(one);
    const total = board.rows.reduce((sum, { score }) => sum + Math.round(Number(score) * 1e4), 0);
    expect(total).toBe(10_000_101);
    // By hand: 333.303333 twice and 333.403334; what is left goes to the largest rest.
    expect(linesOf(board)).toEqual([
      [1, 'léa', '333.4034'],
      [2, 'ali', '333.3034'],
      [3, 'zoe', '333.3033'],
    ]);
  });

  it('moves with a revision of who made it, and goes with a void', async () => {
    const both = shared('100', { zoe: '0.7', ali: '0.3' });
    await house.record(both);
    const { shares: _shares, ...plain } = both;
    await house.record({ ...plain, member: { externalId: 'ali' } });
    expect(await lines()).toEqual([
      [1, 'ali', '100'],
      [2, 'zoe', '0'],
    ]);
    await house.record(both);
    expect(await lines()).toEqual([
      [1, 'zoe', '70'],
      [2, 'ali', '30'],
    ]);
    await house.record({ ...both, void: true });
    expect((await lines()).map(([, , score]) => score)).toEqual(['0', '0']);
  });

  it('counts by its weights, so that a team is the sum of its members', async () => {
    const rule = { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' };
    const bySales = await house.challenge({ rules: [rule] });
    await house.record(shared('5', { zoe: '0.75', ali: '0.25' }), sale('ali', 1));
    expect(await lines(bySales)).toEqual([
      [1, 'ali', '12.5'],
      [2, 'zoe', '7.5'],
    ]);
  });

  it.each([
    [{ zoe: '0.5', ali: '0.4999' }, 'shares-do-not-add-up'],
    [{ zoe: 1, ali: '0.0001' }, 'shares-do-not-add-up'],
    [{ zoe: '0.5' }, 'shares-do-not-add-up'],
    [{ zoe: 1.5 }, 'invalid'],
    [{ zoe: 1, ali: 0 }, 'invalid'],
  ])('with the weights %j is refused', async (weights, expected) => {
    const [[code] = []] = await refusalOf(shared('5', weights));
    expect(code).toBe(expected);
  });

  it('that one person made under two names is one share', async () => {
    const id = await house.member('eva', { email: 'eva@example.com' });
    const one = await house.challenge();
    const shares = [
      { member: { email: 'EVA@example.com' }, weight: '0.4' },
      { member: { id }, weight: '0.6' },
    ];
    await house.record({ ...shared('10', {}), shares });
    expect(await lines(one)).toContainEqual([1, 'eva', '10']);
  });
});

describe('customers', () => {
  const board = (kpi: string) =>
    house.challenge({ rules: [{ type: 'per-unit', kpi, score: '1', per: '1' }] });
  const sold = (member: string, customer: string, day: string) =>
    sale(member, 10, { customer, occurredAt: day });

  it('are new once, with whoever sold first, and move on when that sale is void', async () => {
    const id = await board('new-customers');
    const scores = async () => Object.fromEntries((await lines(id)).map(([, a, b]) => [a, b]));
    const [first, second] = [sold('zoe', 'ana', '2026-03-02'), sold('ali', 'ana', '2026-03-05')];
    await house.record(first);
    expect(await scores()).toEqual({ zoe: '1', ali: '0' });
    await house.record(second, sold('zoe', 'ana', '2026-03-09'));
    expect(await scores()).toEqual({ zoe: '1', ali: '0' });
    await house.record({ ...first, void: true });
    expect(await scores()).toEqual({ zoe: '0', ali: '1' });
    await house.record({ ...second, type: 'deal.lost' });
    expect(await scores()).toEqual({ zoe: '1', ali: '0' });
    // A sale of long ago turns up: she was never new in March.
    await house.record(sold('ali', 'ana', '2025-06-01'));
    expect(await scores()).toEqual({ zoe: '0', ali: '0' });
  });

  it('are active once for each seller', async () => {
    const id = await board('active-customers');
    const scores = async () => Object.fromEntries((await lines(id)).map(([, a, b]) => [a, b]));
    const first = sold('zoe', 'ana', '2026-03-02');
    await house.record(first, sold('zoe', 'ana', '2026-03-03'), sold('zoe', 'ben', '2026-03-03'));
    await house.record(sold('ali', 'ana', '2026-03-04'), sold('ali', 'ben', '2026-02-28'));
    expect(await scores()).toEqual({ zoe: '2', ali: '1' });
    await house.record({ ...first, customer: 'eve' });
    expect(await scores()).toEqual({ zoe: '3', ali: '1' });
    await house.record({ ...first, void: true });
    expect(await scores()).toEqual({ zoe: '2', ali: '1' });
  });

  it('are still there when an old version of one sale comes beside another one', async () => {
    const [first, active] = [await board('new-customers'), await board('active-customers')];
    const one = { ...sold('zoe', 'ana', '2026-03-02'), version: 2 };
    await house.record(one);
    const old = { ...one, version: 1, customer: 'ben' };
    await house.record({ ...one, version: 1 }, old, sold('zoe', 'ana', '2026-03-05'));
    for (const id of [first, active]) expect(await lines(id)).toContainEqual([1, 'zoe', '1']);
    await house.record({ ...old, amount: 1 }, sold('ali', 'ana', '2026-03-01'));
    expect(await lines(first)).toEqual([
      [1, 'ali', '1'],
      [2, 'zoe', '0'],
    ]);
    expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });
  });

  it('that are in no sale of the batch leave the totals as a replay finds them', async () => {
    await Promise.all([board('new-customers'), board('active-customers')]);
    const days = ['2026-03-01', '2026-03-02', '2026-02-27'];
    for (let round = 0; round < 6; round++) {
      const batch = Array.from({ length: 8 }, (_, at) => ({
        ...sold(
          at % 3 ? 'zoe' : 'ali',
          'abc'[(at + round) % 3] ?? '',
          days[(at * round) % 3] ?? '',
        ),
        externalId: `customer-${(at * 5 + round) % 11}`,
        void: (at + round) % 5 === 0,
      }));
      await house.record(...batch);
    }
    expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });
  });
});
