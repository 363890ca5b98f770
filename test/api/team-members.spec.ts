import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChallengeService } from '@palmares/server/challenge/challenge.service';
import type { Board } from '@palmares/shared/board/board';
import type { TermsView } from '@palmares/shared/challenge/terms';
import { linesOf } from '../support/client.js';
import { Watcher } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { expectReplayed } from '../support/replay.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let region: string;
let north: string;
let south: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(new Date('2026-03-12T12:00:00Z'));
  house = await server.organisation(['ana', 'ben', 'cyd']);
  region = await house.team('Region');
  north = await house.team('North', ['ana', 'ben'], { parentId: region });
  south = await house.team('South', ['cyd']);
});

const repsOf = (...teamIds: string[]) => ({ audience: { kind: 'team-members', teamIds } });
const lines = async (challenge: string) => linesOf(await house.admin.board(challenge));
const on = (occurredAt: string) => ({ occurredAt });

describe('a challenge of the reps of some teams', () => {
  it('is of the people in these teams and below, each for themselves, and of nobody else', async () => {
    const boss = await house.member('boss', { roles: ['manager'] });
    await house.admin.patch(`/api/members/${boss}`, { teams: [{ teamId: north }] });
    const challenge = await house.challenge({
      ...repsOf(region),
      payout: [{ kind: 'threshold', score: '5', points: 10 }],
    });
    await house.record(sale('ana', 7), sale('cyd', 99));
    expect(await lines(challenge)).toEqual([
      [1, 'ana', '7'],
      [2, 'ben', '0'],
    ]);
    const cost = await house.admin.get(`/api/challenges/${challenge}/cost`);
    expect(cost.body).toMatchObject({ subjects: 2, points: 20 });
    const { body } = await house.admin.get<TermsView>(`/api/challenges/${challenge}/terms`);
    expect(JSON.stringify(body.document)).toContain('de l’équipe Region');
    await expectReplayed(server, house);
  });

  it('counts what is done on the days of belonging, and every watcher sees who comes', async () => {
    const challenge = await house.challenge(repsOf(north));
    const board = () => house.admin.board(challenge);
    const socket = server.socket({ link: (await house.boardLink(challenge)).token });
    const watcher = await Watcher.open(socket, board);
    await house.record(sale('cyd', 40, on('2026-03-05')), sale('cyd', 3, on('2026-03-11')));
    await house.move('cyd', [
      { teamId: south, to: '2026-03-10' },
      { teamId: north, from: '2026-03-10' },
    ]);
    await house.record(sale('cyd', 50, on('2026-03-09')), sale('cyd', 2, on('2026-03-10')));
    await house.move('ben', [
      { teamId: north, to: '2026-03-06' },
      { teamId: south, from: '2026-03-06' },
    ]);
    await house.record(sale('ben', 4, on('2026-03-05')), sale('ben', 80, on('2026-03-06')));
    const truth: Board = await board();
    expect(linesOf(truth)).toEqual([
      [1, 'cyd', '5'],
      [2, 'ben', '4'],
      [3, 'ana', '0'],
    ]);
    expect(await watcher.reach(truth.version)).toEqual(truth);
    await expectReplayed(server, house);
  });

  it('lets nobody in later where newcomers stay out, by a moved team neither', async () => {
    const open = await house.challenge(repsOf(region));
    const closed = await house.challenge({ ...repsOf(region), joiners: 'stay-out' });
    await house.admin.patch(`/api/teams/${south}`, { parentId: region });
    const names = async (id: string) => (await lines(id)).map(([, name]) => name);
    expect(await names(open)).toEqual(['ana', 'ben', 'cyd']);
    expect(await names(closed)).toEqual(['ana', 'ben']);
    await expectReplayed(server, house);
  });

  it('sees off those who leave the teams where leavers leave, on the day itself', async () => {
    const staying = await house.challenge(repsOf(north));
    const leaving = await house.challenge({ ...repsOf(north), leavers: 'leave' });
    await house.record(sale('ben', 9, on('2026-03-02')));
    await house.move('ben', [{ teamId: north, to: '2026-03-20' }]);
    expect(await lines(leaving)).toContainEqual([1, 'ben', '9']);
    server.clock.travelTo(new Date('2026-03-20T12:00:00Z'));
    await server.app.get(ChallengeService).seeOffLeavers(server.clock.now());
    expect(await lines(leaving)).toEqual([[1, 'ana', '0']]);
    expect(await lines(staying)).toContainEqual([1, 'ben', '9']);
    const rolls = await Promise.all(
      [staying, leaving].map((id) =>
        house.admin.get<{ missing: number }>(`/api/challenges/${id}/terms/acknowledgements`),
      ),
    );
    expect(rolls.map(({ body }) => body.missing)).toEqual([2, 1]);
    await house.move('ben', [{ teamId: north }]);
    expect(await lines(leaving)).toContainEqual([1, 'ben', '9']);
    await expectReplayed(server, house);
  });

  it('holds a day of somebody to the part of their target that falls to their days', async () => {
    const items = ['ana', 'ben'].map((name) => ({
      kpi: 'revenue',
      period: '2026-03',
      subject: { type: 'member', id: house.members[name] },
      value: '310',
    }));
    await house.admin.put('/api/targets', { items });
    await house.move('ben', [{ teamId: north, from: '2026-03-22' }]);
    const steps = [{ at: '1', score: '100' }];
    const challenge = await house.challenge({
      ...repsOf(north),
      rules: [{ type: 'attainment', kpi: 'revenue', steps }],
    });
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
    await house.record(
      sale('ana', 309, on('2026-03-02')),
      sale('ben', 500, on('2026-03-02')),
      sale('ben', 100, on('2026-03-22')),
    );
    expect(await lines(challenge)).toEqual([
      [1, 'ben', '100'],
      [2, 'ana', '0'],
    ]);
    await expectReplayed(server, house);
  });

  it('is refused where a team is not of this organisation', async () => {
    const stranger = '0189a000-0000-7000-8000-000000000000';
    const id = await house.draft(repsOf(north, stranger));
    expect(await house.admin.post(`/api/challenges/${id}/launch`)).toMatchObject({
      status: 422,
      body: { code: 'team-unknown', errors: [{ pointer: '/audience/teamIds/1' }] },
    });
  });
});
