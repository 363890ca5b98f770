import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RescoreService } from '@palmares/server/challenge/rescore.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import type { Board } from '@palmares/shared/board/board';
import type { Race } from '@palmares/shared/board/race';
import type { ProofView } from '@palmares/shared/challenge/proof-view';
import { Watcher } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { expectReplayed } from '../support/replay.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let alpha: string;
let beta: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
  house = await server.organisation(['ana', 'ben', 'cyd', 'dan', 'eve', 'fay']);
  alpha = await house.team('Alpha', ['ana', 'ben', 'cyd']);
  beta = await house.team('Beta', ['dan', 'eve', 'fay']);
});

const rules = [
  { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' },
  { type: 'per-unit', kpi: 'revenue', score: '5', per: '1' },
];
const cup = { audience: { kind: 'teams', by: 'per-head' }, rules };

/** Three sales and one unit of revenue, against two sales and three: 35/3 a head for both. */
const level = () => [
  ...[1, 0, 0].map((amount) => sale('ana', amount)),
  ...[3, 0].map((amount) => sale('eve', amount)),
];

const brief = ({ rows }: Board) =>
  rows.map(({ subject, rank, score, exact }) => [subject.label, rank, score, exact]);

const both = [
  ['Alpha', 1, '11.6667', '35/3'],
  ['Beta', 1, '11.6667', '35/3'],
];

describe('teams that are level in truth', () => {
  it('share the rank, on the board, in frames, as of then, and after a replay', async () => {
    const challenge = await house.challenge(cup);
    const socket = server.socket({ link: (await house.boardLink(challenge)).token });
    const watcher = await Watcher.open(socket, () => house.admin.board(challenge));
    for (const one of level()) await house.record(one);
    const now = await house.admin.board(challenge);
    expect(brief(now)).toEqual(both);
    expect((await watcher.reach(now.version)).rows).toEqual(now.rows);
    await house.record(sale('fay', '0.0001'));
    const ahead = await house.admin.board(challenge);
    expect(brief(ahead)).toEqual([
      ['Beta', 1, '15.0002', '90001/6000'],
      ['Alpha', 2, '11.6667', '35/3'],
    ]);
    expect((await watcher.reach(ahead.version)).rows).toEqual(ahead.rows);
    expect(brief(await house.admin.board(challenge, `?asOf=${now.version}`))).toEqual(both);
    await expectReplayed(server, house);
    socket.close();
  });

  it('are told apart where only the rounded scores are equal', async () => {
    const third = { type: 'per-unit', kpi: 'revenue', score: '0.0001', per: '3' };
    const challenge = await house.challenge({ rules: [third], ties: 'shared' });
    await house.record(sale('ana', 4), sale('ben', 4), sale('cyd', 5), sale('dan', '3.3'));
    const board = await house.admin.board(challenge);
    expect(brief(board).slice(0, 4)).toEqual([
      ['cyd', 1, '0.0002', '1/6000'],
      ['ana', 2, '0.0001', '1/7500'],
      ['ben', 2, '0.0001', '1/7500'],
      ['dan', 4, '0.0001', '11/100000'],
    ]);
  });

  it('keep fractions of more digits than an integer of the database has', async () => {
    const shapes = [7, 11, 13, 17, 19, 23].map((per) => {
      return { type: 'per-unit', kpi: 'revenue', score: '1', per: `${per}.${per}01` };
    });
    const challenge = await house.challenge({ rules: shapes });
    await house.record(sale('ana', '123456.7891'));
    const [first] = (await house.admin.board(challenge)).rows;
    expect(first?.exact?.split('/')[1]?.length).toBeGreaterThan(18);
    await expectReplayed(server, house);
  });
});

/** A landing from before fractions: every division was rounded, and A was the loser by it. */
async function asBefore(challenge: string) {
  for (const table of ['score', 'score_change']) {
    await server.sql(
      `update ${table} set numerator = null, denominator = null,
         score = case subject_id when $2 then 116665 else 116670 end
       where challenge_id = $1 and score > 0`,
      [challenge, alpha],
    );
  }
}

const asItWas = [
  ['Beta', 1, '11.667', undefined],
  ['Alpha', 2, '11.6665', undefined],
];

describe('scores from before fractions were kept', () => {
  it('rank as they did once they are certified, and nothing seems to have come later', async () => {
    const challenge = await house.challenge(cup);
    await house.record(...level());
    await asBefore(challenge);
    const { seq } = await server.app.get(RebuildService).check(house.id);
    const path = `/api/challenges/${challenge}`;
    expect((await house.admin.post(`${path}/certify`)).status).toBe(200);
    expect(brief(await house.admin.board(challenge))).toEqual(asItWas);
    expect(brief(await house.admin.board(challenge, `?asOf=${seq}`))).toEqual(asItWas);
    const differences = await house.admin.get<{ items: object[] }>(`${path}/differences`);
    expect(differences.body.items).toEqual([]);
    const { body: race } = await house.admin.get<Race>(`${path}/race`);
    expect(race.lines.map(({ ranks, scores }) => [ranks.at(-1), scores.at(-1)])).toEqual([
      [1, '11.667'],
      [2, '11.6665'],
    ]);
    const { body: proof } = await house.admin.get<ProofView>(`${path}/scores/${alpha}`);
    expect([proof.rank, proof.score, proof.exact]).toEqual([2, '11.6665', undefined]);
    await house.record(sale('fay', 6));
    const late = await house.admin.get<{ items: { subject: { id: string } }[] }>(
      `${path}/differences`,
    );
    expect(late.body.items.map(({ subject }) => subject.id)).toEqual([beta]);
  });

  it('are made anew, once, where the challenge still runs', async () => {
    const challenge = await house.challenge(cup);
    await house.record(...level());
    await asBefore(challenge);
    await server.sql('update challenge set outdated = true where id = $1', [challenge]);
    await server.app.get(RescoreService).rescore();
    expect(brief(await house.admin.board(challenge))).toEqual(both);
    await expectReplayed(server, house);
    const version = (await house.admin.board(challenge)).version;
    await server.app.get(RescoreService).rescore();
    expect((await house.admin.board(challenge)).version).toBe(version);
  });
});
