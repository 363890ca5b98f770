import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyWalk, knownWays, WALK_STEPS, type Given, type Step } from '../support/generate/walk.js';
import { Walker } from '../support/generate/walker.js';
import { sale } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

/** Walks of each thief; a walk is an organisation and twenty steps. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 6);
const SEED = Number(process.env['LAW_SEED'] ?? Date.now() % 1_000_000);

let server: TestServer;
let abroad: { id: string; ids: string[]; rows: string };

/** All that the other organisation holds and a thief would like to change. */
async function rowsAbroad(organisationId: string): Promise<string> {
  const tables = ['member', 'api_key', 'challenge_version', 'posting', 'team', 'invitation'];
  const counted: unknown[] = [];
  for (const table of tables) {
    const text = `select to_jsonb(t) as row from ${table} t where organisation_id = $1 order by 1`;
    counted.push(await server.sql(text, [organisationId]));
  }
  return JSON.stringify(counted);
}

beforeAll(async () => {
  server = await startServer();
  const other = await server.organisation(['eve', 'fay']);
  const teamId = await other.team('Leur', ['eve']);
  const challenge = await other.challenge();
  await other.record(sale('eve', 10));
  const ids = [other.id, challenge, teamId, ...Object.values(other.members)];
  abroad = { id: other.id, ids, rows: await rowsAbroad(other.id) };
});
afterAll(() => server.close());

/** Points that have come to a member and can be spent; what is pending cannot. */
async function paidTo(memberId: string): Promise<number> {
  const [row] = await server.sql<{ paid: string }>(
    `select coalesce(sum(amount) filter (where owner_id = $1 and to_account = 'available'), 0)
       as paid from posting`,
    [memberId],
  );
  return Number(row?.paid ?? 0);
}

const prizesOf = async (memberId: string) =>
  server.sql('select 1 from award where member_id = $1 and prize is not null', [memberId]);

const rolesOf = async (memberId: string) => {
  const [row] = await server.sql<{ roles: string[]; operator: boolean }>(
    `select member.roles, coalesce(person.operator, false) as operator
     from member left join person on person.id = member.person_id where member.id = $1`,
    [memberId],
  );
  return [...(row?.roles ?? []), ...(row?.operator ? ['operator'] : [])];
};

/** The roles that a thief with these may have in the end: an admin may say who is what. */
function allowed(roles: readonly Given[]): readonly string[] {
  return roles.includes('admin') ? ['rep', 'manager', 'hr', 'admin'] : ['rep', ...roles];
}

async function expectNothingWon(walker: Walker, roles: readonly Given[]): Promise<void> {
  const { self } = walker.ids;
  const won = {
    points: await paidTo(self),
    prizes: (await prizesOf(self)).length,
    roles: (await rolesOf(self)).filter((role) => !allowed(roles).includes(role)),
    abroad: (await rowsAbroad(abroad.id)) === abroad.rows ? 'untouched' : 'changed',
  };
  try {
    expect(won).toEqual({ points: 0, prizes: 0, roles: [], abroad: 'untouched' });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${walker.trace.join('\n')}`);
  }
}

const thieves: [string, Given[]][] = [
  ['a rep', []],
  ['a manager who sells', ['manager']],
  ['an HR person who sells', ['hr']],
  ['an admin who sells', ['admin']],
];

describe('alone, nobody pays themselves, raises their role or reaches another organisation:', () => {
  const ways = thieves.flatMap(([who, roles]) =>
    Object.entries(knownWays).map(([way, steps]) => ({ who, roles, way, steps })),
  );

  it.each(ways)('$who by $way', async ({ roles, steps }) => {
    const walker = await Walker.begin(server, roles, abroad.ids);
    await walker.walk(steps);
    await walker.pass(60);
    await expectNothingWon(walker, roles);
  });

  it.each(thieves)(
    `%s by any ${WALK_STEPS} steps`,
    async (_who, roles) => {
      const course = async (steps: Step[]) => {
        const walker = await Walker.begin(server, roles, abroad.ids);
        await walker.walk(steps);
        await walker.pass(60);
        await expectNothingWon(walker, roles);
      };
      await fc.assert(fc.asyncProperty(anyWalk, course), {
        numRuns: RUNS,
        seed: SEED,
        endOnFailure: true,
      });
    },
    60_000 * RUNS,
  );
});

/** Points that challenges have paid to a member, and what the ceiling of the organisation is. */
async function paymentsTo(memberId: string) {
  return server.sql<{ challenge: string; paid: string }>(
    `select split_part(reference, '/', 2) as challenge, sum(amount) as paid from posting
     where owner_id = $1 and to_account = 'available' group by 1`,
    [memberId],
  );
}

/** Who has signed in the journal that a challenge is paid, or that it may go beyond a ceiling. */
async function signedBy(challenge: string, actions: readonly string[]): Promise<string[]> {
  const rows = await server.sql<{ actor: string }>(
    'select actor from audit_entry where subject = $1 and action = any($2)',
    [`challenge:${challenge}`, actions],
  );
  return rows.map(({ actor }) => actor);
}

async function expectSigned(walker: Walker): Promise<number> {
  const { self, hr } = walker.ids;
  const payments = await paymentsTo(self);
  for (const { challenge, paid } of payments) {
    const signatures = await server.sql<{ signature: string }>(
      'select signature from certification_signature where challenge_id = $1 and why is null',
      [challenge],
    );
    const signed = await signedBy(challenge, ['challenge.sign']);
    const countersigned = await signedBy(challenge, ['challenge.countersign']);
    const seen = {
      signature: signatures.map(({ signature }) => signature),
      journal: signed.includes(`member:${hr}`),
      within: Number(paid) <= 50_000 || countersigned.includes(`member:${hr}`),
    };
    try {
      expect(seen).toEqual({ signature: [`member:${hr}`], journal: true, within: true });
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${walker.trace.join('\n')}`);
    }
  }
  return payments.length;
}

describe('with a second person who gains nothing, each payment has their signature:', () => {
  const pay: Step[] = [
    { by: 'self', do: 'draft', audience: 'self', pays: 'rank', points: 500, over: true },
    { by: 'self', do: 'launch', nth: 0 },
  ];

  it.each(thieves.slice(1).filter(([, [role]]) => role !== 'hr'))(
    `%s by any ${WALK_STEPS} steps`,
    async (_who, roles) => {
      let payments = 0;
      const course = async (steps: Step[]) => {
        const walker = await Walker.begin(server, roles, abroad.ids);
        for (const step of [...pay, ...steps]) {
          await walker.step(step);
          if (step.do === 'launch' || step.do === 'days') await walker.sign();
        }
        await walker.pass(60);
        payments += await expectSigned(walker);
      };
      await fc.assert(fc.asyncProperty(anyWalk, course), {
        numRuns: RUNS,
        seed: SEED,
        endOnFailure: true,
      });
      // A walk in which nobody is paid would show nothing.
      expect(payments).toBeGreaterThan(0);
    },
    60_000 * RUNS,
  );
});
