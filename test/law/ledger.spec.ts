import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpiryService } from '@palmares/server/ledger/expiry.service';
import { LedgerService } from '@palmares/server/ledger/ledger.service';
import type { Lot, Wallet } from '@palmares/shared/ledger/posting';
import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  anyLedgerCourse,
  LedgerModel,
  lineReference,
  lotsOf,
  START,
  type LedgerCommand,
  type Outcome,
} from '../../shared/src/ledger/ledger.arbitrary.js';
import { Programme } from '../support/ledger.js';
import { startServer, type TestServer } from '../support/server.js';

/** For a longer night: `LAW_RUNS=50` makes fifty times as many courses, and as many kills. */
const TIMES = Number(process.env['LAW_RUNS'] ?? 1);
const LIMIT_MS = 120_000 * TIMES;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);

/** What a wallet has, read past the server; lots without their ids. */
async function storedWallet(memberId: string): Promise<Wallet> {
  const number = (name: string) => `${name}::int as ${name}`;
  const balances = ['pending', 'available', 'held', 'owed'].map(number).join(', ');
  const [wallet] = await server.sql<Omit<Wallet, 'lots'>>(
    `select ${balances} from wallet where member_id = $1`,
    [memberId],
  );
  const lots = await server.sql<Lot>(
    `select id, reference, regime, expires_on::text as "expiresOn",
       ${['pending', 'available', 'held', 'expired'].map(number).join(', ')}
     from lot where member_id = $1`,
    [memberId],
  );
  return { ...(wallet ?? { pending: 0, available: 0, held: 0, owed: 0 }), lots };
}

/** Leads a real ledger through a course of commands, as `LedgerModel` leads one in memory. */
class LedgerCourse {
  private readonly orders = new Map<number, string>();
  readonly programme: Programme;

  constructor(
    organisationId: string,
    readonly members: string[],
    private readonly model: LedgerModel,
    private readonly adjust: (memberId: string, amount: number) => Promise<void>,
  ) {
    this.programme = new Programme(server, organisationId);
  }

  async run(command: LedgerCommand): Promise<Outcome> {
    server.clock.travelTo(noonOf(this.model.today));
    try {
      return await this.carryOut(command);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'insufficient-points' || code === 'budget-exceeded') return code;
      throw error;
    }
  }

  private member = (at: number) => this.members[at] ?? '';

  private async carryOut(command: LedgerCommand): Promise<Outcome> {
    const { programme } = this;
    if (command.do === 'due') {
      const expiresOn = this.model.lasting(command.lasts);
      const dues = command.dues.map(({ member, line, due }) => {
        const more = { reference: lineReference(line), expiresOn };
        return programme.due(this.member(member), due, more);
      });
      await programme.settle(...dues);
    } else if (command.do === 'adjust') {
      await this.adjust(this.member(command.member), command.amount);
    } else if (command.do === 'hold') {
      if (this.orders.has(command.order)) return 'taken';
      await programme.hold(this.member(command.member), command.order, command.amount);
      this.orders.set(command.order, this.member(command.member));
    } else if (command.do === 'spend' || command.do === 'give-back') {
      const member = this.orders.get(command.order);
      if (!member) return 'done';
      if (command.do === 'spend') await programme.spend(member, command.order);
      else await programme.giveBack(member, command.order);
    } else if (command.do === 'reserve') await programme.reserve(command.amount);
    else if (command.do === 'release') await programme.release();
    else if (command.do === 'expire') {
      await server.app.get(ExpiryService).expire(noonOf(this.model.today));
    }
    return 'done';
  }
}

/** The same without references of adjustments, which are not the same twice. */
const comparable = ({ lots, ...balances }: Wallet) => ({
  ...balances,
  owed: balances.owed + 0,
  lots: lotsOf({
    ...balances,
    lots: lots.map((lot) => ({ ...lot, reference: lot.reference.replace(/^(adj\w+).*/, '$1') })),
  }),
});

describe('whatever happens to points', () => {
  it(
    'the database has what the pure functions say, and the check finds nothing',
    async () => {
      server.clock.travelTo(noonOf(START));
      const property = async (commands: LedgerCommand[]) => {
        const model = new LedgerModel();
        server.clock.travelTo(noonOf(START));
        const house = await server.organisation(['a', 'b', 'c']);
        const adjust = async (memberId: string, amount: number) => {
          const by = { memberId: house.id, signature: 'member:hr' };
          const key = { key: randomUUID(), requestHash: randomUUID() };
          const adjustment = { memberId, amount, currency: 'points', reason: 'test' };
          await server.app.get(LedgerService).adjust(house.id, by, key, adjustment);
        };
        const members = ['a', 'b', 'c'].map((name) => house.members[name] ?? '');
        const course = new LedgerCourse(house.id, members, model, adjust);
        for (const command of commands) {
          // The server first: it does what it does on the day on which the command comes.
          const outcome = await course.run(command);
          expect([command, outcome]).toEqual([command, model.run(command)]);
        }
        const stored = await Promise.all(members.map(storedWallet));
        expect(stored.map(comparable)).toEqual(model.wallets.map(comparable));
        const { differences, first, checked } = await course.programme.check();
        expect({ differences, first }).toEqual({ differences: 0, first: [] });
        // Reserving and releasing are postings too, but not of anybody's wallet.
        expect(checked.postings).toBeGreaterThanOrEqual(model.entries.length);
        const [budget] = await server.sql<{ paid: number }>(
          `select (reserved - returned - balance)::int as paid from budget where id = $1`,
          [course.programme.budgetId],
        );
        expect(budget?.paid).toBe(model.paid);
      };
      await fc.assert(fc.asyncProperty(anyLedgerCourse, property), {
        numRuns: 15 * TIMES,
        interruptAfterTimeLimit: LIMIT_MS,
        markInterruptAsFailure: true,
      });
    },
    LIMIT_MS + 60_000,
  );
});

/** Processes that settle, each told what to by a line. */
function startSettler(organisationId: string, budgetId: string) {
  const script = path.resolve(import.meta.dirname, '../support/settler.mjs');
  const child = spawn(process.execPath, [script, organisationId, budgetId], {
    env: { ...process.env, DATABASE_URL: server.databaseUrl, NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => (await lines.next()).value as string | undefined;
  return {
    ready: answer,
    /** What it answered; nothing when it died before. */
    async settle(due: number): Promise<{ paid: number; postings: number } | undefined> {
      child.stdin.write(`${due}\n`);
      const line = await answer();
      return line === undefined ? undefined : (JSON.parse(line) as never);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}

describe('processes that settle', () => {
  const COUNT = 200;
  const ROUNDS = 4 * TIMES;

  async function begin() {
    const house = await server.organisation();
    const names = Array.from({ length: COUNT }, (_, n) => ({ externalId: `m${n}`, name: `M${n}` }));
    const members = `${JSON.stringify(names)}`;
    await server.sql(
      `insert into member (organisation_id, id, external_id, name, roles, kind, created_at)
       select $1, gen_random_uuid(), one->>'externalId', one->>'name', '{rep}', 'employee', now()
       from jsonb_array_elements($2) as one`,
      [house.id, members],
    );
    const programme = new Programme(server, house.id);
    await programme.reserve(COUNT * 1_000_000);
    return programme;
  }

  /** Everybody has exactly this much, by this many postings. */
  async function expectPaid(programme: Programme, due: number, postings: number) {
    const rows = await server.sql(
      `select count(*)::int as wallets, min(available)::int as least, max(available)::int as most,
         (select count(*)::int from posting
          where organisation_id = $1 and reference like 'challenge/%') as postings
       from wallet where organisation_id = $1`,
      [programme.organisationId],
    );
    expect(rows).toEqual([{ wallets: COUNT, least: due, most: due, postings }]);
    await programme.expectClean();
  }

  it('the same at the same moment pay once', async () => {
    const programme = await begin();
    const two = [1, 2].map(() => startSettler(programme.organisationId, programme.budgetId));
    await Promise.all(two.map((one) => one.ready()));
    for (const due of [10, 25, 15]) {
      const answers = await Promise.all(two.map((one) => one.settle(due)));
      expect(new Set(answers.map((one) => one?.postings))).toEqual(new Set([0, COUNT]));
    }
    await Promise.all(two.map((one) => one.end()));
    await expectPaid(programme, 15, 3 * COUNT);
  }, 60_000);

  it(
    'and are killed at any moment pay exactly once when it is done again',
    async () => {
      const programme = await begin();
      let due = 0;
      let sure = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const one = startSettler(programme.organisationId, programme.budgetId);
        expect(await one.ready()).toBe('ready');
        const running = (async () => {
          for (;;) {
            if (!(await one.settle((due += 1)))) return;
            sure += 1;
          }
        })();
        const enough = sure + Math.floor(Math.random() * 4);
        while (sure < enough) await new Promise((resolve) => setImmediate(resolve));
        for (let turns = Math.random() * 200; turns > 0; turns--) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        await one.kill();
        await running;
        // Whoever comes next begins with what nobody knows about.
        due -= 1;
      }
      const last = startSettler(programme.organisationId, programme.budgetId);
      await last.ready();
      await last.settle((due += 1));
      expect(await last.settle(due)).toEqual({ postings: 0, paid: 0 });
      await last.end();
      await expectPaid(programme, due, due * COUNT);
    },
    ROUNDS * 20_000 + 30_000,
  );
});
