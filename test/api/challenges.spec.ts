import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linesOf, type Client } from '../support/client.js';
import { march, plainRule, sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

interface Challenge {
  id: string;
  status: string;
  name: string;
}
interface Page {
  items: Challenge[];
  nextCursor: string | null;
}

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali', 'léa']);
  await house.member('boss', { roles: ['manager'] });
});
afterAll(() => server.close());

const one = async (id: string) => (await house.admin.get<Challenge>(`/api/challenges/${id}`)).body;
const launch = (id: string) => house.admin.post<Challenge>(`/api/challenges/${id}/launch`);

describe('a challenge', () => {
  it('is drafted, seen, and scores nobody yet', async () => {
    const { status, body } = await house.admin.post<Challenge>('/api/challenges', march);
    expect([status, body]).toMatchObject([
      201,
      {
        ...march,
        rules: [{ ...plainRule, filters: {} }],
        audience: { kind: 'everyone' },
        status: 'draft',
        createdAt: expect.stringMatching(/^2026-03-15T12:/),
      },
    ]);
    expect(await one(body.id)).toEqual(body);
    expect(await house.admin.board(body.id)).toMatchObject({ status: 'draft', total: 0, rows: [] });
  });

  it('is live once launched, with every rep and nobody else on its board', async () => {
    const id = await house.draft();
    expect(await launch(id)).toMatchObject({ status: 200, body: { id, status: 'live' } });
    const board = await house.admin.board(id);
    expect(linesOf(board).map(([, name]) => name)).toEqual(['ali', 'léa', 'zoe']);
  });

  it('cannot be launched twice', async () => {
    const id = await house.challenge();
    expect(await launch(id)).toMatchObject({
      status: 409,
      body: { code: 'challenge-already-launched' },
    });
  });

  it('is launched once by two who try at the same time', async () => {
    const id = await house.draft();
    const answers = await Promise.all([launch(id), launch(id), launch(id)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const [{ count } = { count: 0 }] = await server.sql<{ count: number }>(
      'select count(*)::int as count from challenge_version where challenge_id = $1',
      [id],
    );
    expect(count).toBe(1);
  });

  it('counts what was recorded before its launch', async () => {
    const early = await server.organisation(['zoe']);
    await early.record(sale('zoe', 30), sale('zoe', 12, { type: 'sale.refunded' }));
    await early.record(sale('zoe', 1000, { occurredAt: '2026-02-28' }));
    expect(linesOf(await early.admin.board(await early.challenge()))).toEqual([[1, 'zoe', '18']]);
  });

  it('is provisional from its launch when its window is over, and still counts', async () => {
    const past = { from: '2026-02-01', to: '2026-03-01' };
    const id = await house.draft(past);
    expect(await launch(id)).toMatchObject({ body: { status: 'provisional' } });
    await house.record(sale('zoe', 9, { occurredAt: '2026-02-28' }));
    expect(await house.admin.board(id)).toMatchObject({
      status: 'provisional',
      rows: [{ subject: { label: 'zoe' }, score: '9', reachedAt: '2026-02-28' }, {}, {}],
    });
  });

  it('follows the clock, and nothing has to happen for it', async () => {
    const id = await house.challenge({ from: '2026-05-01', to: '2026-06-01' });
    try {
      const seen = [];
      // Paris is two hours ahead: its days begin at 22:00 of the day before.
      for (const instant of ['04-30T21:59', '04-30T22:00', '05-31T21:59', '05-31T22:00']) {
        server.clock.travelTo(new Date(`2026-${instant}:30Z`));
        seen.push((await one(id)).status);
      }
      expect(seen).toEqual(['scheduled', 'live', 'live', 'provisional']);
    } finally {
      server.clock.travelTo(NOON);
    }
  });

  it('may be for some members, whatever their roles', async () => {
    const memberIds = [house.members['boss'], house.members['ali'], house.members['ali']];
    const id = await house.challenge({ audience: { kind: 'members', memberIds } });
    expect(linesOf(await house.admin.board(id)).map(([, name]) => name)).toEqual(['ali', 'boss']);
  });

  it('is not launched for members that there are not', async () => {
    const memberIds = [house.members['ali'], '01890000-0000-7000-8000-000000000000'];
    const id = await house.draft({ audience: { kind: 'members', memberIds } });
    expect(await launch(id)).toMatchObject({
      status: 422,
      body: { code: 'member-unknown', errors: [{ pointer: '/audience/memberIds/1' }] },
    });
    expect((await one(id)).status).toBe('draft');
  });

  it('for everyone welcomes newcomers with what they have', async () => {
    const open = await house.challenge();
    const memberIds = [house.members['ali']];
    const closed = await house.challenge({ audience: { kind: 'members', memberIds } });
    await house.member('noé');
    await house.member('chef', { roles: ['hr'] });
    expect(linesOf(await house.admin.board(open))).toContainEqual([expect.any(Number), 'noé', '0']);
    expect(linesOf(await house.admin.board(closed))).toHaveLength(1);
    await house.record(sale('noé', 5000));
    expect(linesOf(await house.admin.board(open))[0]).toEqual([1, 'noé', '5000']);
    expect(JSON.stringify(await house.admin.board(open))).not.toContain('chef');
  });

  it('reads only what its filters let through', async () => {
    const filters = { region: ['West'], channel: ['web', 'shop'] };
    const rules = [{ ...plainRule, per: '10', filters }];
    const id = await house.challenge({ rules });
    await house.record(
      sale('léa', 10, { region: 'West', channel: 'web' }),
      sale('léa', 20, { region: 'West', channel: 'shop' }),
      sale('léa', 40, { region: 'East', channel: 'web' }),
      sale('léa', 80, { region: 'West' }),
      sale('léa', 5, { region: 'West', channel: 'web', type: 'sale.refunded' }),
    );
    expect(linesOf(await house.admin.board(id))[0]).toEqual([1, 'léa', '2.5']);
  });

  it('is refused at the place that is wrong', async () => {
    const rules = [
      plainRule,
      { ...plainRule, kpi: 'luck' },
      { ...plainRule, filters: { region: ['\0'] } },
    ];
    const answer = await house.admin.post<{ errors: { pointer: string }[] }>('/api/challenges', {
      ...march,
      rules,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer }) => pointer)).toContain('/rules/2/filters/region/0');
  });
});

describe('the list of challenges', () => {
  it('comes newest first, a page at a time', async () => {
    const other = await server.organisation();
    const ids = [];
    for (const name of ['one', 'two', 'three']) ids.push(await other.draft({ name }));
    const first = (await other.admin.get<Page>('/api/challenges?limit=2')).body;
    expect(first.items.map(({ name }) => name)).toEqual(['three', 'two']);
    const cursor = String(first.nextCursor);
    const rest = (await other.admin.get<Page>(`/api/challenges?limit=2&cursor=${cursor}`)).body;
    expect(rest).toMatchObject({ items: [{ id: ids[0], name: 'one' }], nextCursor: null });
  });
});

describe('a draft', () => {
  it('is shown to whoever may run challenges or pays for them, and to reps from its launch', async () => {
    const other = await server.organisation();
    const id = await other.draft();
    const path = `/api/challenges/${id}`;
    const seen = async (client: Client) => {
      const { items } = (await client.get<Page>('/api/challenges')).body;
      const { status } = await client.get(path);
      return [items.length, status, (await client.get(`${path}/terms`)).status];
    };
    const rep = await other.signIn('rep');
    for (const role of ['manager', 'hr', 'admin'] as const) {
      expect(await seen(await other.signIn(role))).toEqual([1, 200, 200]);
    }
    expect(await seen(rep)).toEqual([0, 404, 404]);
    await other.admin.post(`${path}/launch`);
    expect(await seen(rep)).toEqual([1, 200, 200]);
  });
});

describe('a board', () => {
  let id: string;
  let team: TestOrganisation;

  beforeAll(async () => {
    team = await server.organisation(['a', 'b', 'c', 'd', 'e']);
    id = await team.challenge();
    await team.record(
      sale('e', 7, { occurredAt: '2026-03-02' }),
      sale('b', 7, { occurredAt: '2026-03-03' }),
      sale('d', 7, { occurredAt: '2026-03-03' }),
      sale('a', 3),
    );
  });

  it('shares ranks: 1, 2, 2, 4, and gives the day each score was reached', async () => {
    const { rows } = await team.admin.board(id);
    expect(rows.map(({ rank, subject, reachedAt }) => [rank, subject.label, reachedAt])).toEqual([
      [1, 'e', '2026-03-02'],
      [2, 'b', '2026-03-03'],
      [2, 'd', '2026-03-03'],
      [4, 'a', '2026-03-10'],
      [5, 'c', null],
    ]);
  });

  it('can be read in parts that keep their ranks and the whole number', async () => {
    const part = await team.admin.board(id, '?limit=2&offset=2');
    expect(part.total).toBe(5);
    expect(linesOf(part)).toEqual([
      [2, 'd', '7'],
      [4, 'a', '3'],
    ]);
    expect((await team.admin.board(id, '?offset=5')).rows).toEqual([]);
  });

  it.each(['limit=0', 'limit=1001', 'offset=-1', 'limit=x', 'around=him', 'asOf=x', 'asOf='])(
    'is not read with %s',
    async (query) => {
      const answer = await team.admin.get(`/api/challenges/${id}/board?${query}`);
      expect(answer).toMatchObject({
        status: 422,
        body: { errors: [{ parameter: expect.any(String) }] },
      });
    },
  );

  it('has a version that grows with every change', async () => {
    const before = await team.admin.board(id);
    await team.record(sale('c', 1));
    const after = await team.admin.board(id);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.asOf > before.asOf).toBe(true);
  });

  it('opens by its link with everything that a page needs', async () => {
    const link = await team.boardLink(id);
    expect(link).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^pal_board_/),
      path: `/board#${link.token}`,
    });
    expect((await server.client(link.token).get('/api/board-link')).body).toEqual({
      organisation: { name: 'Maison', locale: 'fr', timeZone: 'Europe/Paris', currency: 'EUR' },
      challenge: {
        id,
        name: 'Sprint',
        from: '2026-03-01',
        to: '2026-04-01',
        status: 'live',
        rules: [
          {
            fr: '1 par tranche de 1\u00a0€ de chiffre d’affaires net',
            en: '1 for each €1 of net revenue',
          },
        ],
      },
    });
  });
});
