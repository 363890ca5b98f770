import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policy } from '@palmares/shared/access/policy';
import { isDeepStrictEqual } from 'node:util';
import { routes } from '../support/routes.js';
import { startServer, type TestServer } from '../support/server.js';

interface Operation {
  summary?: string;
  description?: string;
  security: Record<string, string[]>[];
  'x-action'?: string;
  'x-roles'?: object;
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: object }> }>;
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, object>;
    responses: Record<string, object>;
    securitySchemes: object;
  };
}

let server: TestServer;
let document: Document;

beforeAll(async () => {
  server = await startServer();
  document = (await server.client().get<Document>('/api/openapi.json')).body;
});
afterAll(() => server.close());

/** Every `$ref` and `#/components` name anywhere within. */
const references = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"(#\/[^"]+)"/g)].map((match) => match[1] ?? '');

const resolve = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);

describe('the OpenAPI document', () => {
  it('is of version 3.1 and says how to identify', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
    });
  });

  it('refers to nothing that is not there', () => {
    const found = references(document);
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((pointer) => resolve(pointer) === undefined)).toEqual([]);
  });

  it('has every route under /api, with a sentence and the schema of its answer', () => {
    const described = (name: string): Operation | undefined => {
      const [method = '', path = ''] = name.split(' ');
      return document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    };
    const lacking = routes(server.app)
      .map(({ name }) => name)
      .filter((name) => name.includes(' /api/'))
      .filter((name) => {
        const operation = described(name);
        const [status, answer] =
          Object.entries(operation?.responses ?? {}).find(([code]) => code < '300') ?? [];
        const [schema] = Object.values(answer?.content ?? {}).map((one) => one.schema);
        return !operation?.summary || (status !== '204' && !schema);
      });
    expect(lacking).toEqual([]);
  });

  it('says by the policy who may call: everybody, keys by scope, people by role', () => {
    const of = (path: string, method = 'get') => document.paths[path]?.[method]?.security;
    expect(of('/api/session', 'post')).toEqual([]);
    expect(of('/api/session')).toEqual([{ cookie: [] }]);
    expect(of('/api/activities', 'post')).toEqual([{ bearer: ['activities:write', 'admin'] }]);
    expect(of('/api/keys')).toEqual([{ bearer: ['admin'] }, { cookie: ['admin'] }]);
    expect(document.paths['/api/targets']?.['put']?.description).toBe(
      'For keys with admin; manager (the teams that they manage), admin (the whole organisation).',
    );
    const told = routes(server.app)
      .filter(({ name }) => !name.endsWith(' /metrics'))
      .map(({ name, action }) => {
        const [method = '', path = ''] = name.split(' ');
        const said = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
        const { others, roles = {} } = policy[action ?? 'health.read'];
        const open = said?.security.length === 0;
        const right =
          said?.['x-action'] === action &&
          isDeepStrictEqual(said?.['x-roles'], roles) &&
          open === (others === 'public');
        return [name, right];
      });
    expect(told.length).toBeGreaterThan(100);
    expect(told.filter(([, right]) => !right)).toEqual([]);
  });

  it('says what else may be answered, always as a problem', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses, requestBody }]) => {
        const named = path.includes('{') ? ['404'] : [];
        const wanted = ['default', ...named, ...(requestBody ? ['400', '422'] : [])];
        return [`${method} ${path}`, wanted.filter((code) => !responses[code]?.$ref)];
      }),
    );
    expect(told.length).toBeGreaterThan(100);
    expect(told.filter(([, missing]) => missing?.length)).toEqual([]);
    for (const [name, answer] of Object.entries(document.components.responses)) {
      expect([name, answer]).toMatchObject([
        name,
        { content: { 'application/problem+json': { schema: expect.any(Object) } } },
      ]);
    }
  });

  it('says where a body may be left out', () => {
    const bodies = ['duplicate', 'terms/acknowledge', 'cancel'].map((what) => {
      return document.paths[`/api/challenges/{id}/${what}`]?.['post']?.requestBody?.required;
    });
    expect(bodies).toEqual([false, false, true]);
  });

  it('has no pattern that only some languages read', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)];
    expect(patterns.length).toBeGreaterThan(10);
    expect(patterns.map(([, text = '']) => text).filter((text) => /\\p\{/.test(text))).toEqual([]);
  });

  it('tells what an activity may be', () => {
    const operation = document.paths['/api/activities']?.['post'];
    expect(operation?.requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/ActivityBatch',
    });
    expect(document.components.schemas['Activity']).toMatchObject({
      additionalProperties: false,
      required: ['source', 'externalId', 'type', 'occurredAt'],
    });
  });

  it('tells what comes back', () => {
    const answer = document.paths['/api/challenges']?.['post']?.responses['201'];
    const schema = answer?.content?.['application/json']?.schema;
    const [pointer = ''] = references(schema);
    expect(resolve(pointer)).toMatchObject({
      required: expect.arrayContaining(['id', 'status', 'rules']),
    });
  });

  it('has a page to try it', async () => {
    const page = await server.client().get<string>('/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const { pathname } = new URL(asset, `${server.url}/api/docs`);
      expect([asset, (await server.client().get(pathname)).status]).toEqual([asset, 200]);
    }
  });
});
