import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CertificationService } from '@palmares/server/challenge/certification.service';
import { ChallengeService } from '@palmares/server/challenge/challenge.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import type { Board } from '@palmares/shared/board/board';
import { allAwards, payoutLineSchema } from '@palmares/shared/challenge/payout';
import { parseScaled } from '@palmares/shared/quantity/scaled';
import fc from 'fast-check';
import {
  anyLife,
  mechanics,
  payout,
  sellers,
  type Life,
  type Step,
} from '../support/generate/challenge-course.js';
import { Programme } from '../support/ledger.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

/** For a longer night: `LAW_RUNS=50` makes fifty times as many lives. */
const TIMES = Number(process.env['LAW_RUNS'] ?? 1);
const LIMIT_MS = 120_000 * TIMES;
const DAY_MS = 86_400_000;
/** 403: once the window is over an amendment is a signature, and a key does not sign. */
const REFUSED = [403, 404, 409, 422];

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** One challenge that is led through its life; every board that was seen is kept. */
class Living {
  private readonly seen = new Map<number, Board>();
  private final: Board | undefined;
  private definition: object;

  constructor(
    private readonly house: TestOrganisation,
    private readonly id: string,
    definition: object,
  ) {
    this.definition = definition;
  }

  async run(step: Step): Promise<void> {
    const expected = step.do === 'certify' ? await this.board() : undefined;
    const status = await this.perform(step);
    if (status !== 200 && status !== 204) expect(REFUSED).toContain(status);
    const board = await this.board();
    if (this.final) expect(board.rows).toEqual(this.final.rows);
    else if (['certified', 'cancelled'].includes(board.status)) this.final = board;
    if (expected && board.status === 'certified') expect(board.rows).toEqual(expected.rows);
    this.seen.set(board.version, board);
    await this.expectPaid(board);
  }

  private async perform(step: Step): Promise<number> {
    const { admin, members } = this.house;
    const path = `/api/challenges/${this.id}`;
    switch (step.do) {
      case 'sell': {
        const more = { externalId: `s${step.id}`, occurredAt: step.day };
        await this.house.record(sale(step.who, step.amount, more));
        return 200;
      }
      case 'void':
        await this.house.record(sale('ana', 0, { externalId: `s${step.id}`, void: true }));
        return 200;
      case 'amend': {
        const definition = { ...this.definition, rules: mechanics[step.rules], to: step.to };
        const { preview } = step;
        const before = await this.board();
        const { status } = await admin.post(`${path}/amend`, { definition, preview });
        // A chore may have taken a turn meanwhile; who stands where is as it was.
        if (status === 200 && preview) expect((await this.board()).rows).toEqual(before.rows);
        if (status === 200 && !preview) this.definition = definition;
        return status;
      }
      case 'leave': {
        const { status } = await admin.patch(`/api/members/${members[step.who]}`, {
          leftOn: step.on,
        });
        return status;
      }
      case 'wait':
        server.clock.travelTo(new Date(server.clock.now().getTime() + step.days * DAY_MS));
        await server.app.get(ChallengeService).seeOffLeavers(server.clock.now());
        await server.app.get(CertificationService).certifyOverdue();
        return 200;
      case 'certify':
        return (await this.house.certify(this.id)).status;
      case 'cancel':
        return (await admin.post(`${path}/cancel`, { reason: 'law' })).status;
    }
  }

  private board(): Promise<Board> {
    return this.house.admin.board(this.id, '?limit=1000');
  }

  /** What members have is what the board gives them: on the way, in the end, or nothing. */
  private async expectPaid({ status, rows }: Board): Promise<void> {
    const standings = rows.map(({ rank, score, subject }) => {
      return { subjectId: subject.id, rank, score: parseScaled(score) ?? 0 };
    });
    const lines = payout.map((line) => payoutLineSchema.parse(line));
    const due = new Map<string, number>();
    const give = (id: string, points: number) => due.set(id, (due.get(id) ?? 0) + points);
    if (status === 'certified') {
      for (const { subjectId, points } of allAwards(lines, standings)) give(subjectId, points);
    } else if (status !== 'cancelled') {
      for (const { subjectId, rank, score } of standings) {
        for (const line of lines) {
          if (line.kind !== 'threshold') continue;
          if (rank !== null && score >= line.score) give(subjectId, line.points);
        }
      }
    }
    const wallets = await server.sql<{ id: string; points: number }>(
      `select member_id as id, (available - owed)::int as points from wallet
       where organisation_id = $1`,
      [this.house.id],
    );
    const has = new Map(wallets.map(({ id, points }) => [id, points]));
    for (const name of sellers) {
      const id = this.house.members[name] ?? '';
      expect([name, has.get(id) ?? 0]).toEqual([name, due.get(id) ?? 0]);
    }
  }

  /** In the end everything that is kept follows from the rest, and every board is served again. */
  async expectRight(): Promise<void> {
    const report = await server.app.get(RebuildService).check(this.house.id);
    expect(report.first).toEqual([]);
    await new Programme(server, this.house.id).expectClean();
    const [budget] = await server.sql<{ left: number }>(
      'select balance::int as left from budget where organisation_id = $1',
      [this.house.id],
    );
    expect(budget?.left).toBeGreaterThanOrEqual(0);
    if (this.final) expect(budget?.left).toBe(0);
    for (const [version, { rows, total }] of this.seen) {
      const again = await this.house.admin.board(this.id, `?limit=1000&asOf=${version}`);
      expect({ version, rows: again.rows, total: again.total }).toEqual({ version, rows, total });
    }
  }
}

async function begin({ first, steps: _steps, ...declared }: Life): Promise<Living> {
  server.clock.travelTo(new Date('2026-03-10T12:00:00Z'));
  const house = await server.organisation(['ana', 'ben', 'cyd']);
  const window = { name: 'Sprint', from: '2026-03-01', to: '2026-04-01' };
  await house.record(sale('ana', 150, { externalId: 's0', occurredAt: '2026-03-02' }));
  const definition = { ...window, rules: mechanics[first], payout, ...declared };
  return new Living(house, await house.challenge(definition), definition);
}

describe('whatever happens in the life of a challenge', () => {
  it(
    'it pays what its board gives, once, ends where it stood, and forgets no board',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyLife, async (life) => {
          const living = await begin(life);
          for (const step of life.steps) await living.run(step);
          await living.expectRight();
        }),
        { numRuns: 8 * TIMES, interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true },
      );
    },
    LIMIT_MS + 60_000,
  );
});
