import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { problemSchema } from '@palmares/shared/problem/catalogue';
import fc from 'fast-check';
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { anyRequest, type Request, type Surroundings } from '../support/generate/request.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 3_000);
/** Said in a failure, so that the same requests can be made again. */
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const TOGETHER = 8;
const PATIENCE_MS = 5_000;

let server: TestServer;
let house: TestOrganisation;
let key: string;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali']);
  key = await house.key('admin');
  const rules = ['revenue', 'new-customers', 'active-customers', 'sales-count'].map((kpi) => {
    return { type: 'per-unit', kpi, score: '1', per: '1' };
  });
  challenge = await house.challenge({ rules });
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});

const agent = new http.Agent({ keepAlive: true, maxSockets: TOGETHER });

interface Answer {
  statusCode: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** The answer, or nothing when it takes too long. Addresses go out letter by letter. */
async function answerTo({ method, url, headers, payload }: Request): Promise<Answer | undefined> {
  const request = http.request(server.url, { method, path: url, headers, agent });
  request.setTimeout(PATIENCE_MS, () => request.destroy(new Error('no answer')));
  request.end(payload);
  try {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const body = await text(response);
    return { statusCode: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if ((error as Error).message === 'no answer') return undefined;
    throw error;
  }
}

/** What is wrong with an answer; undefined when nothing is. */
function complaint(answer: Answer | undefined): string | undefined {
  if (!answer) return 'no answer';
  const { statusCode, headers, body } = answer;
  if (statusCode >= 500 && statusCode !== 503) return `${statusCode} ${body.slice(0, 300)}`;
  if (statusCode < 400) return undefined;
  const type = String(headers['content-type']);
  if (!type.startsWith('application/problem+json')) return `${statusCode} ${type}`;
  // To HEAD an answer has no body.
  if (body === '') return undefined;
  const { success, data } = problemSchema.safeParse(JSON.parse(body));
  return success && data.status === statusCode ? undefined : body.slice(0, 300);
}

/** Rows that must be there by what was answered: one for each item that is new or revised. */
const said = { recorded: 0, revised: 0, stale: 0, waiting: 0 };
const seen = new Map<number, number>();

function count(answer: Answer | undefined, { method, url }: Request): void {
  if (!answer) return;
  seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
  const posted = method === 'POST' && url.startsWith('/api/activities');
  if (answer.statusCode !== 200 || !posted) return;
  const receipt = JSON.parse(answer.body) as typeof said;
  for (const name of ['recorded', 'revised', 'stale', 'waiting'] as const) {
    said[name] += receipt[name];
  }
}

const rows = async () => {
  const [found] = await server.sql<{ identities: number; revisions: number; waiting: number }>(
    `select count(distinct (source, external_id))::int as identities, count(*)::int as revisions,
       (select count(*)::int from waiting where organisation_id = $1) as waiting
     from activity where organisation_id = $1`,
    [house.id],
  );
  return found ?? { identities: 0, revisions: 0, waiting: 0 };
};

const surroundings = (): Surroundings => {
  return { key, challenge, members: Object.values(house.members) };
};

describe(`requests that are nearly right (seed ${SEED})`, () => {
  it(
    'are answered, each in time, and never by a failure of ours',
    async () => {
      const batches = Math.ceil(REQUESTS / TOGETHER);
      const many = fc.array(anyRequest(surroundings()), {
        minLength: TOGETHER,
        maxLength: TOGETHER,
      });
      await fc.assert(
        fc.asyncProperty(many, async (requests) => {
          const answers = await Promise.all(requests.map(answerTo));
          const wrong = requests.flatMap((request, index) => {
            count(answers[index], request);
            const reason = complaint(answers[index]);
            return reason === undefined ? [] : [{ reason, ...request }];
          });
          expect(wrong).toEqual([]);
        }),
        { numRuns: batches, seed: SEED, interruptAfterTimeLimit: REQUESTS * 100 },
      );
    },
    REQUESTS * 100 + 60_000,
  );

  it('were of many kinds', () => {
    // A fuzz whose requests are all refused alike says nothing.
    for (const status of [200, 201, 400, 401, 404, 415, 422]) {
      expect([status, seen.get(status) ?? 0]).not.toEqual([status, 0]);
    }
  });

  it('left nothing behind that was not receipted, and nothing that does not add up', async () => {
    const { identities, revisions, waiting } = await rows();
    expect(identities).toBe(said.recorded);
    // What is stale twice is kept once.
    expect(revisions).toBeGreaterThanOrEqual(said.recorded + said.revised);
    expect(revisions).toBeLessThanOrEqual(said.recorded + said.revised + said.stale);
    // One of each identity waits, the last.
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThanOrEqual(said.waiting);
    expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });
    expect((await house.admin.board(challenge)).total).toBe(2);
  });
});
