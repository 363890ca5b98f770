import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { visibilities, type Visibility } from '@palmares/shared/challenge/visibility';
import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import type { Client } from '../support/client.js';
import { connect, subscribe } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

/** Each is one challenge with people who look at it in every way there is. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 4);

let server: TestServer;
let house: TestOrganisation;
let stranger: TestOrganisation;
/** Words that name somebody: their id, their name. */
const words = new Map<string, string[]>();
const names = Array.from({ length: 16 }, (_, at) => `seller-${at}`);
const clients: Record<string, Client> = {};
const sockets: Record<string, { socket: Socket; told: string[] }> = {};

beforeAll(async () => {
  server = await startServer();
  stranger = await server.organisation(['foreigner']);
  house = await server.organisation();
  for (const name of names) await house.member(name, { name: `Name of ${name}.` });
  for (const name of ['seller-3', 'seller-9']) {
    const id = house.members[name] ?? '';
    await house.admin.patch(`/api/members/${id}`, { email: `${name}@example.com` });
    clients[name] = await house.enter(id);
  }
  clients['outside'] = await house.signIn('rep', { name: 'outside' });
  clients['watching'] = await house.signIn('rep', { name: 'watching' });
  clients['boss'] = await house.signIn('manager', { name: 'boss' });
  clients['hr'] = await house.signIn('hr', { name: 'hr' });
  clients['admin'] = await house.signIn('admin', { name: 'office' });
  const managers = [{ memberId: house.members['boss'] }];
  await house.team('Nord', ['seller-3', 'seller-5', 'seller-12'], { managers });
  await house.team('Sud', ['seller-9', 'seller-1']);
  for (const name of names) words.set(name, [house.members[name] ?? '', `Name of ${name}.`]);
  for (const [who, client] of Object.entries(clients)) {
    const socket = server.socket({}, { cookie: client.browser?.cookie ?? '' });
    const told: string[] = [];
    socket.onAny((event: string, frame: unknown) => told.push(`${event} ${JSON.stringify(frame)}`));
    await connect(socket);
    await subscribe(socket, 'me');
    sockets[who] = { socket, told };
  }
});
afterAll(() => server.close());

const OWN: Record<string, string[]> = {
  'seller-3': ['seller-3'],
  'seller-9': ['seller-9'],
  boss: ['seller-3', 'seller-5', 'seller-12'],
};

/** By hand, and not by the function that is tried: whom somebody may see in a list by rank. */
function maySee(
  who: string,
  policy: Visibility,
  ranked: readonly string[],
  paid: readonly string[],
): Set<string> {
  const own = [...(OWN[who] ?? []), ...(who === 'hr' ? paid : [])];
  if (who === 'outside') return new Set();
  if (policy === 'audience') return new Set(names);
  if (policy !== 'top-and-neighbours') return new Set(own);
  const at = ranked.indexOf(who);
  const near = at < 0 ? [] : ranked.slice(Math.max(0, at - 3), at + 4);
  return new Set([...own, ...near, ...ranked.slice(0, 10)]);
}

function expectSilent(said: string, allowed: ReadonlySet<string>, what: string): void {
  for (const [name, [id = '', label = '']] of words) {
    if (allowed.has(name)) continue;
    for (const word of [`"${id}"`, `"${label}"`, `"${name}"`]) {
      if (said.includes(word)) throw new Error(`${what} tells of ${name} by ${word}`);
    }
  }
}

const anySale = fc.record({ seller: fc.nat({ max: 15 }), amount: fc.integer({ min: 1, max: 40 }) });
const anyCourse = fc.record({
  policy: fc.constantFrom(...visibilities),
  /** The first sales, and others that are told in frames. */
  before: fc.array(anySale, { minLength: 4, maxLength: 20 }),
  after: fc.array(anySale, { minLength: 1, maxLength: 6 }),
  certified: fc.boolean(),
});

/** Who was where, from the best: at each moment at which something may have been told. */
async function rankedNow(challenge: string): Promise<string[]> {
  const { rows } = await house.admin.board(challenge);
  const byId = new Map(names.map((name) => [house.members[name], name]));
  return rows.map(({ subject }) => byId.get(subject.id) ?? '');
}

describe('nothing that the policy hides', () => {
  it(
    'is ever told: by boards, races, proofs, lists, frames, or to another organisation',
    async () => {
      const course = async ({ policy, before, after, certified }: CourseOf) => {
        const memberIds = names.map((name) => house.members[name]);
        const challenge = await house.challenge({
          audience: { kind: 'members', memberIds },
          observers: [house.members['watching']],
          visibility: policy,
          ...(certified ? { to: '2026-03-14', payout: [{ kind: 'rank', points: [50] }] } : {}),
        });
        const record = (sales: readonly { seller: number; amount: number }[]) =>
          house.record(...sales.map(({ seller, amount }) => sale(`seller-${seller}`, amount)));
        await record(before);
        const moments = [await rankedNow(challenge)];
        for (const { socket, told } of Object.values(sockets)) {
          told.length = 0;
          await subscribe(socket, `board:${challenge}`);
        }
        for (const one of after) {
          await record([one]);
          moments.push(await rankedNow(challenge));
        }
        if (certified) await house.certify(challenge);
        const now = moments.at(-1) ?? [];
        const paid = certified ? now.slice(0, 1) : [];
        for (const [who, client] of Object.entries(clients)) {
          const seen = maySee(who, policy, now, paid);
          // The course is only of those who look by themselves; a manager sees others by role.
          const paths = [
            'board',
            'board?limit=5&offset=4',
            'board?around=me&limit=6',
            'board?asOf=999999',
            'race?top=20',
            `scores/${house.members['seller-7']}`,
            `scores/${house.members[now[0] ?? '']}`,
            ...(['boss', 'hr', 'admin'].includes(who) ? ['certification', 'differences'] : []),
          ];
          for (const path of paths) {
            const { status, body } = await client.get(`/api/challenges/${challenge}/${path}`);
            const asked = path.startsWith('scores/') ? path.slice(7) : '';
            // A proof that is open speaks of whom it is of.
            const of = names.find((name) => house.members[name] === asked) ?? '';
            if (asked && status === 200 && !(OWN[who] ?? paid).includes(of)) {
              throw new Error(`${who} reads the proof of ${of}`);
            }
            expectSilent(JSON.stringify(body), seen, `${path} to ${who} by ${policy}`);
            const away = await stranger.admin.get(`/api/challenges/${challenge}/${path}`);
            expect([path, away.status]).toEqual([path, 404]);
            expectSilent(JSON.stringify(away.body), new Set(), `${path} to a stranger`);
          }
          const list = await client.get('/api/challenges?mine=true');
          if (who.startsWith('seller')) {
            expectSilent(JSON.stringify(list.body), new Set([who]), `the list to ${who}`);
          }
          const ever = new Set(moments.flatMap((each) => [...maySee(who, policy, each, paid)]));
          // Those of other challenges go by another policy.
          const mine = sockets[who]?.told.filter(
            (one) => one.includes(challenge) || !one.includes('"challengeId"'),
          );
          expectSilent(mine?.join('\n') ?? '', ever, `frames to ${who} by ${policy}`);
        }
        const told = Object.values(sockets).map((one) => one.told.length);
        return told.reduce((sum, count) => sum + count, 0);
      };
      type CourseOf = typeof anyCourse extends fc.Arbitrary<infer Value> ? Value : never;
      let frames = 0;
      await fc.assert(
        fc.asyncProperty(anyCourse, async (one) => {
          frames += await course(one);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      // A law that has heard nothing says nothing.
      expect(frames).toBeGreaterThan(0);
    },
    RUNS * 20_000 + 60_000,
  );
});
