import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChallengeService } from '@palmares/server/challenge/challenge.service';
import type { Board } from '@palmares/shared/board/board';
import { linesOf } from '../support/client.js';
import { Watcher } from '../support/live.js';
import { Programme } from '../support/ledger.js';
import { plainRule, sale, type TestOrganisation } from '../support/organisation.js';
import { expectReplayed } from '../support/replay.js';
import { startServer, type TestServer } from '../support/server.js';

interface Paid {
  awards: {
    line: number;
    label: string;
    rank: number | null;
    points: number;
    prize: string | null;
  }[];
}

let server: TestServer;
let house: TestOrganisation;
let north: string;
let south: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
  house = await server.organisation(['ana', 'ben', 'cyd']);
  north = await house.team('North', ['ana', 'ben']);
  south = await house.team('South', ['cyd']);
});

const bySum = { audience: { kind: 'teams', by: 'sum' } };
const perHead = { audience: { kind: 'teams', by: 'per-head' } };
const podium = { type: 'rank-bonus', kpi: 'revenue', scores: ['50'] };
const lines = async (challenge: string) => linesOf(await house.admin.board(challenge));
const on = (occurredAt: string) => ({ occurredAt });

async function watch(challenge: string): Promise<[Watcher, () => Promise<Board>]> {
  const board = () => house.admin.board(challenge);
  const socket = server.socket({ link: (await house.boardLink(challenge)).token });
  return [await Watcher.open(socket, board), board];
}

describe('a challenge of teams', () => {
  it('adds up what their members have, sold before the launch or after it', async () => {
    await house.record(sale('ana', 10));
    const challenge = await house.challenge(bySum);
    await house.record(sale('ben', 5), sale('cyd', 12), sale('nobody', 99));
    expect(await lines(challenge)).toEqual([
      [1, 'North', '15'],
      [2, 'South', '12'],
    ]);
    const { rows } = await house.admin.board(challenge);
    expect(rows.map(({ subject }) => subject)).toEqual([
      { type: 'team', id: north, label: 'North' },
      { type: 'team', id: south, label: 'South' },
    ]);
    await expectReplayed(server, house);
  });

  it('by head divides by the days of people, of whoever sells nothing too', async () => {
    const challenge = await house.challenge(perHead);
    await house.record(sale('ana', 10), sale('cyd', 6));
    expect(await lines(challenge)).toEqual([
      [1, 'South', '6'],
      [2, 'North', '5'],
    ]);
    // Of March's 31 days ben is here for the first ten.
    await house.move('ben', [{ teamId: north, to: '2026-03-11' }]);
    expect(await lines(challenge)).toEqual([
      [1, 'North', '7.561'],
      [2, 'South', '6'],
    ]);
    await expectReplayed(server, house);
  });

  it('follows somebody who moves, day by day, and every watcher sees it', async () => {
    const challenge = await house.challenge(bySum);
    const [watcher, board] = await watch(challenge);
    await house.record(
      sale('ben', 10, on('2026-03-05')),
      sale('ben', 7, on('2026-03-20')),
      sale('cyd', 1),
    );
    await house.move('ben', [
      { teamId: north, to: '2026-03-15' },
      { teamId: south, from: '2026-03-15' },
    ]);
    const truth = await board();
    expect(linesOf(truth)).toEqual([
      [1, 'North', '10'],
      [2, 'South', '8'],
    ]);
    expect(await watcher.reach(truth.version)).toEqual(truth);
    // Late activities fall to the team of their day.
    await house.record(sale('ben', 100, on('2026-03-14')), sale('ben', 50, on('2026-03-15')));
    const later = await board();
    expect(linesOf(later)).toEqual([
      [1, 'North', '110'],
      [2, 'South', '58'],
    ]);
    expect(await watcher.reach(later.version)).toEqual(later);
    await expectReplayed(server, house);
  });

  it('shows another name at once, and a new team where newcomers enter', async () => {
    const open = await house.challenge(bySum);
    const closed = await house.challenge({ ...bySum, joiners: 'stay-out' });
    const [watcher, board] = await watch(open);
    await house.admin.patch(`/api/teams/${south}`, { name: 'Sud' });
    await house.record(sale('ben', 3, on('2026-03-20')));
    await house.team('East');
    const east = await house.team('West');
    await house.move('ben', [{ teamId: east, from: '2026-03-20' }]);
    const truth = await board();
    expect(linesOf(truth)).toEqual([
      [1, 'West', '3'],
      [2, 'North', '0'],
      [2, 'Sud', '0'],
    ]);
    expect(await watcher.reach(truth.version)).toEqual(truth);
    expect(await lines(closed)).toEqual([
      [1, 'North', '0'],
      [1, 'Sud', '0'],
    ]);
    await expectReplayed(server, house);
  });

  it('is of the lowest teams, or of those that are named, with the teams below them', async () => {
    const region = await house.team('Region');
    for (const id of [north, south]) {
      await house.admin.patch(`/api/teams/${id}`, { parentId: region });
    }
    const lowest = await house.challenge(bySum);
    const named = await house.challenge({
      audience: { kind: 'teams', by: 'sum', teamIds: [region, north] },
    });
    await house.record(sale('ana', 4), sale('cyd', 3));
    expect(await lines(lowest)).toEqual([
      [1, 'North', '4'],
      [2, 'South', '3'],
    ]);
    expect(await lines(named)).toEqual([
      [1, 'Region', '7'],
      [2, 'North', '4'],
    ]);
    // A team that goes elsewhere takes its days along.
    await house.admin.patch(`/api/teams/${south}`, { parentId: null });
    expect((await lines(named))[0]).toEqual([1, 'North', '4']);
    await expectReplayed(server, house);
  });

  it('leaves observers out, and a team without anybody has no rank', async () => {
    const challenge = await house.challenge({ ...bySum, observers: [house.members['ana']] });
    await house.record(sale('ana', 10), sale('ben', 2), sale('cyd', 1));
    expect(await lines(challenge)).toEqual([
      [1, 'North', '2'],
      [2, 'South', '1'],
    ]);
    await house.move('cyd', [{ teamId: north }]);
    const { rows } = await house.admin.board(challenge);
    expect(rows.map(({ score, reason }) => [score, reason])).toEqual([
      ['3', null],
      ['0', 'no-members'],
    ]);
    await expectReplayed(server, house);
  });

  it('takes somebody in with what waited for them', async () => {
    const challenge = await house.challenge(bySum);
    await house.record(sale('eve', 20), sale('ana', 1));
    await house.member('eve', { teams: [{ teamId: south }] });
    await house.record(sale('eve', 2));
    expect((await lines(challenge))[0]).toEqual([1, 'South', '22']);
    await expectReplayed(server, house);
  });

  it.each([
    [podium, ['North', '50']],
    [{ type: 'best-single', kpi: 'revenue', scores: ['7'] }, ['South', '7']],
    [{ type: 'first-to', kpi: 'revenue', threshold: '60', scores: ['30'] }, ['South', '30']],
  ])('has places by %j', async (rule, first) => {
    const challenge = await house.challenge({ ...bySum, rules: [rule] });
    await house.record(sale('cyd', 80), sale('ana', 70, on('2026-03-11')));
    const before = sale('cyd', 500, on('2026-03-10'));
    await house.record(sale('ben', 20, on('2026-03-11')), before);
    await house.record({ ...before, void: true });
    expect((await lines(challenge))[0]).toEqual([1, ...first]);
    await expectReplayed(server, house);
    await house.move('cyd', [{ teamId: north }]);
    expect((await lines(challenge))[0]?.[1]).toBe('North');
    await expectReplayed(server, house);
  });

  it('is compared with the target of the team, its own or its members’', async () => {
    const rule = { type: 'attainment', kpi: 'revenue', steps: [{ at: '0.8', score: '10' }] };
    const target = (type: string, id: string | undefined, value: string) => {
      return { kpi: 'revenue', period: '2026-03', subject: { type, id }, value };
    };
    const items = [
      target('team', north, '100'),
      target('member', house.members['ana'], '9'),
      target('member', house.members['cyd'], '50'),
    ];
    expect((await house.admin.send('PUT', '/api/targets', { items })).status).toBe(204);
    for (const how of [bySum, perHead]) {
      const challenge = await house.challenge({ ...how, rules: [rule] });
      await house.record(sale('ben', 39), sale('cyd', 20));
      expect((await lines(challenge)).map(([, name, score]) => [name, score])).toEqual(
        how === bySum
          ? [
              ['North', '0'],
              ['South', '0'],
            ]
          : [
              ['South', '10'],
              ['North', '0'],
            ],
      );
    }
    await expectReplayed(server, house);
  });

  it('is compared with what the team had when others were in it', async () => {
    const rule = { type: 'improvement', kpi: 'revenue', score: '1', per: '0.01' };
    await house.record(sale('ben', 100, on('2026-02-10')), sale('cyd', 50, on('2026-02-10')));
    await house.move('ben', [
      { teamId: south, to: '2026-03-01' },
      { teamId: north, from: '2026-03-01' },
    ]);
    const challenge = await house.challenge({ ...perHead, rules: [rule] });
    await house.record(sale('cyd', 90), sale('ana', 5));
    const { rows } = await house.admin.board(challenge);
    expect(rows.map(({ subject, score, reason }) => [subject.label, score, reason])).toEqual([
      ['South', '20', null],
      ['North', '0', 'no-history'],
    ]);
    await expectReplayed(server, house);
  });

  it('pays its members by the days that they were in the team, out of its budget', async () => {
    const payout = [
      { kind: 'rank', points: [1001, 500] },
      { kind: 'prize', place: 1, prize: 'Dîner' },
    ];
    const challenge = await house.challenge({ ...bySum, payout });
    await house.record(sale('ana', 10), sale('cyd', 5));
    await house.move('ben', [
      { teamId: north, from: null, to: '2026-03-21' },
      { teamId: south, from: '2026-03-21', to: null },
    ]);
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
    const path = `/api/challenges/${challenge}/certification`;
    const before = (await house.admin.get<Paid>(path)).body;
    await house.certify(challenge);
    const { body } = await house.admin.get<Paid>(path);
    expect(body.awards).toEqual(before.awards);
    const points = body.awards.map((one) => [one.line, one.label, one.rank, one.points, one.prize]);
    const sorted = points.toSorted((a, b) => (a.join() < b.join() ? -1 : 1));
    expect(sorted).toEqual([
      [0, 'ana', 1, 608, null],
      [0, 'ben', 1, 522, null],
      [0, 'cyd', 2, 369, null],
      [1, 'ana', 1, 0, 'Dîner'],
      [1, 'ben', 1, 0, 'Dîner'],
    ]);
    await new Programme(server, house.id).expectClean();
  });

  it('pays teams in the end only, when it is known who was in them', async () => {
    const payout = [{ kind: 'threshold', score: '10', points: 5, when: 'live' }];
    const draft = { name: 'x', from: '2026-03-01', to: '2026-04-01', rules: [plainRule] };
    expect(await house.admin.post('/api/challenges', { ...draft, ...bySum, payout })).toMatchObject(
      { status: 422, body: { errors: [{ pointer: '/payout/0/when' }] } },
    );
  });

  it('is of teams of this organisation', async () => {
    const other = await server.organisation(['zoe']);
    const stranger = await other.team('Elsewhere', ['zoe']);
    const audience = { kind: 'teams', by: 'sum', teamIds: [north, stranger] };
    const id = await house.draft({ audience });
    const refused = await house.admin.post(`/api/challenges/${id}/launch`);
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { code: 'team-unknown', errors: [{ pointer: '/audience/teamIds/1' }] },
    ]);
  });
});

describe('who takes part', () => {
  it('leaves the board on the day of leaving, and comes back when the day moves', async () => {
    server.clock.travelTo(new Date('2026-03-20T12:00:00Z'));
    const challenge = await house.challenge({ leavers: 'leave' });
    const stays = await house.challenge();
    const [watcher, board] = await watch(challenge);
    await house.record(sale('ana', 10), sale('ben', 5));
    const leave = (leftOn: string | null) =>
      house.admin.patch(`/api/members/${house.members['ana']}`, { leftOn });
    await leave('2026-03-21');
    expect((await lines(challenge))[0]).toEqual([1, 'ana', '10']);
    await leave('2026-03-20');
    const without = await board();
    expect(linesOf(without)).toEqual([
      [1, 'ben', '5'],
      [2, 'cyd', '0'],
    ]);
    expect(await watcher.reach(without.version)).toEqual(without);
    expect((await lines(stays))[0]).toEqual([1, 'ana', '10']);
    await house.record(sale('ana', 1, on('2026-03-19')));
    await expectReplayed(server, house);
    await leave(null);
    const whole = await board();
    expect(linesOf(whole)[0]).toEqual([1, 'ana', '11']);
    expect(await watcher.reach(whole.version)).toEqual(whole);
    await expectReplayed(server, house);
  });

  it('is seen off when the day comes, in one turn', async () => {
    server.clock.travelTo(new Date('2026-03-20T12:00:00Z'));
    const challenge = await house.challenge({ leavers: 'leave', rules: [podium] });
    const [watcher, board] = await watch(challenge);
    await house.record(sale('ana', 10), sale('ben', 5));
    await house.admin.patch(`/api/members/${house.members['ana']}`, { leftOn: '2026-03-21' });
    const look = () => server.app.get(ChallengeService).seeOffLeavers(server.clock.now());
    await look();
    expect((await lines(challenge))[0]).toEqual([1, 'ana', '50']);
    server.clock.travelTo(new Date('2026-03-20T23:30:00Z'));
    await look();
    const truth = await board();
    expect(linesOf(truth)).toEqual([
      [1, 'ben', '50'],
      [2, 'cyd', '0'],
    ]);
    expect(await watcher.reach(truth.version)).toEqual(truth);
    await look();
    expect((await board()).version).toBe(truth.version);
    await expectReplayed(server, house);
  });

  it('is nobody who only looks on, and nobody who comes late where they stay out', async () => {
    const challenge = await house.challenge({
      joiners: 'stay-out',
      observers: [house.members['ben']],
    });
    await house.member('dan');
    await house.record(sale('ben', 5), sale('dan', 9), sale('ana', 1));
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '1'],
      [2, 'cyd', '0'],
    ]);
    await expectReplayed(server, house);
  });

  it('has a rank from the minimum on', async () => {
    const challenge = await house.challenge({ minimum: '3' });
    await house.record(sale('ana', 3), sale('ben', 2));
    const { rows } = await house.admin.board(challenge);
    expect(rows.map(({ rank, subject, reason }) => [rank, subject.label, reason])).toEqual([
      [1, 'ana', null],
      [null, 'ben', 'below-minimum'],
      [null, 'cyd', 'below-minimum'],
    ]);
    await expectReplayed(server, house);
  });

  it('is declared without contradiction', async () => {
    const ana = house.members['ana'];
    const draft = { name: 'x', from: '2026-03-01', to: '2026-04-01', rules: [plainRule] };
    const audience = { kind: 'members', memberIds: [ana] };
    const both = { ...draft, audience, observers: [ana] };
    expect(await house.admin.post('/api/challenges', both)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/observers/0' }] },
    });
    const id = await house.draft({ observers: ['01890000-0000-7000-8000-000000000000'] });
    expect(await house.admin.post(`/api/challenges/${id}/launch`)).toMatchObject({
      status: 422,
      body: { code: 'member-unknown', errors: [{ pointer: '/observers/0' }] },
    });
  });
});
