import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema } from '@palmares/shared/problem/catalogue';
import { startServer, type TestServer } from '../support/server.js';
import type { Answer, Client } from '../support/client.js';

let server: TestServer;
let admin: Client;

beforeAll(async () => {
  server = await startServer();
  ({ admin } = await server.organisation(['zoe']));
});
afterAll(() => server.close());

const json = { 'content-type': 'application/json' };

describe('health', () => {
  it.each(['/api/health/live', '/api/health/ready'])('is told at %s', async (path) => {
    expect(await server.client().get(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('can be measured', async () => {
    await server.client().get('/api/health/live');
    const { status, headers, body } = await server.client().get<string>('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/health/live"',
    );
  });
});

describe('a problem', () => {
  const expectProblem = (answer: Answer<unknown>, status: number, code: string) => {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const body = problemSchema.parse(answer.body);
    expect(body).toMatchObject({ type: `/problems/${code}`, code, status });
    expect(answer.status).toBe(status);
    expect(body.instance).toBe(answer.headers.get('x-request-id'));
    expect(body.instance).toBeTruthy();
    return body;
  };
  const post = (body: string, headers: Record<string, string> = json) =>
    admin.raw('/api/activities', { method: 'POST', body, headers });

  it.each(['{', '[1,', '{"activities": [}', '{"a":1,}'])(
    'says that %j is no JSON',
    async (body) => {
      expectProblem(await post(body), 400, 'malformed-request');
    },
  );

  it('takes an empty body for none, which a batch may not be', async () => {
    expectProblem(await post(''), 422, 'invalid');
  });

  it('says that a prototype cannot be sent', async () => {
    expectProblem(await post('{"__proto__": {"admin": true}}'), 400, 'malformed-request');
  });

  it.each([
    '{"activities": [{"attributes": {"__proto__": {"admin": true}}}]}',
    '{"activities": [{"constructor": {"prototype": {"admin": true}}}]}',
    '{"activities": [], "\\u005f_proto__": 1}',
  ])('says that a prototype cannot be sent deep within: %s', async (body) => {
    expectProblem(await post(body), 400, 'malformed-request');
  });

  it('says that names of a prototype are unknown where they have no place', async () => {
    const body = expectProblem(
      await post('{"activities": [], "prototype": {}, "constructor": "x"}'),
      422,
      'invalid',
    );
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/prototype', '/constructor']);
    const query = '?__proto__=x&constructor=y&prototype=z&hasOwnProperty=1';
    const { errors } = expectProblem(await admin.get(`/api/members${query}`), 422, 'invalid');
    expect(errors).toHaveLength(4);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ])('says that %s is not supported', async (type) => {
    const answer = await post('<x/>', { 'content-type': type });
    expectProblem(answer, 415, 'content-type-unsupported');
  });

  it('says that a body is too large', async () => {
    expectProblem(await post(`"${'x'.repeat(8_000_001)}"`), 413, 'body-too-large');
  });

  it.each(['/api/nothing', '/api', '/nothing', '/api/challenges/1/2/3'])(
    'says that there is nothing at %s',
    async (path) => {
      expectProblem(await admin.get(path), 404, 'not-found');
    },
  );

  it('says how to identify oneself', async () => {
    const answer = await server.client().get('/api/kpis');
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['DELETE', '/api/activities', 'GET, HEAD, POST'],
    ['PUT', '/api/challenges/x/board?limit=1', 'GET, HEAD'],
    ['GET', '/api/challenges/x/launch', 'POST'],
    ['OPTIONS', '/api/session', 'DELETE, GET, HEAD, POST'],
    ['POST', '/api/kpis/preview/', undefined],
  ])('says which methods there are: %s %s', async (method, path, allowed) => {
    const answer = await admin.raw(path, { method });
    if (allowed === undefined) expectProblem(answer, 404, 'not-found');
    else expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow') ?? undefined).toBe(allowed);
  });

  it('says that an address cannot be read', async () => {
    expectProblem(await admin.get('/api/challenges/%zz'), 400, 'malformed-request');
  });

  it('points at every unknown and every wrong field', async () => {
    const draft = { name: '', from: '2026-03-01', to: 'x', rules: [{ type: 'x' }], 'a/b': 1 };
    const body = expectProblem(await admin.post('/api/challenges', draft), 422, 'invalid');
    const pointers = body.errors?.map(({ pointer }) => pointer);
    expect(pointers?.toSorted()).toEqual(['/a~1b', '/name', '/rules/0/type', '/to']);
    expect(body.errors).toContainEqual({ pointer: '/a~1b', detail: 'unknown field' });
  });

  it.each([[null], [[]], ['x'], [{}], [{ activities: {} }], [{ activities: [], mode: 'x' }]])(
    'says that %j is no batch',
    async (batch) => {
      expectProblem(await admin.post('/api/activities', batch), 422, 'invalid');
    },
  );

  it('names the parameter that is wrong', async () => {
    const list = await admin.get('/api/challenges?limit=0&order=up');
    const errors = expectProblem(list, 422, 'invalid').errors;
    expect(errors?.map(({ parameter }) => parameter).toSorted()).toEqual(['limit', 'order']);
  });

  it('is told under the id that the caller gave the request', async () => {
    const headers = { 'x-request-id': 'of-the-caller' };
    expect(
      expectProblem(await admin.raw('/api/nothing', { headers }), 404, 'not-found'),
    ).toMatchObject({ instance: 'of-the-caller' });
  });

  it.each(['x'.repeat(129), 'two words', 'a"b'])(
    'is told under an id of ours where that of the caller would spoil the log: %s',
    async (sent) => {
      const answer = await admin.raw('/api/nothing', { headers: { 'x-request-id': sent } });
      expect(expectProblem(answer, 404, 'not-found').instance).toMatch(/^[\da-f-]{36}$/);
    },
  );
});

describe('every answer', () => {
  const policy =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;" +
    "font-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';" +
    "base-uri 'none';form-action 'self';frame-ancestors 'none'";

  it.each([
    ['a page of the API', '/api/docs'],
    ['the document', '/api/openapi.json'],
    ['health', '/api/health/live'],
    ['measurements', '/metrics'],
    ['a refusal', '/api/challenges'],
    ['nothing', '/api/nothing'],
    ['an unreadable address', '/api/%zz'],
  ])('carries the strict policy and its request id: %s', async (_what, path) => {
    const { headers } = await server.client().raw(path);
    expect(headers.get('content-security-policy')).toBe(policy);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});
