import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BoardMemory } from '@palmares/server/board/board-memory.service';
import { BoardQuick } from '@palmares/server/board/board.quick';
import { Patience } from '@palmares/server/http/patience';
import { policy } from '@palmares/shared/access/policy';
import type { Problem } from '@palmares/shared/problem/catalogue';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { routes } from '../support/routes.js';
import { ownKpi, sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const NOWHERE = '018f0000-0000-7000-8000-000000000000';

let server: TestServer;
let house: TestOrganisation;
let pages: string;

beforeAll(async () => {
  pages = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-pages-'));
  fs.writeFileSync(path.join(pages, 'index.html'), '<title>Palmarès</title>');
  server = await startServer({ CLIENT_DIST: pages });
  house = await server.organisation(['zoe']);
});
afterAll(async () => {
  await server.close();
  fs.rmSync(pages, { recursive: true });
});

const json = { 'content-type': 'application/json' };

/** The routes that read a body, by whether anybody may call them. */
function reading(open: boolean): string[] {
  return routes(server.app)
    .filter(({ name }) => /^(?:POST|PUT|PATCH)/.test(name))
    .filter(({ action }) => (action && policy[action].others === 'public') === open)
    .map(({ name }) => name);
}

function send(name: string, body: string, client = server.client()) {
  const [method = '', url = ''] = name.split(' ');
  return client.raw<Problem>(url.replaceAll(/:\w+/g, NOWHERE), { method, headers: json, body });
}

describe('a body', () => {
  it('is not read of a stranger, who is told so first', async () => {
    const names = reading(false);
    expect(names.length).toBeGreaterThan(25);
    for (const name of names) {
      const { status } = await send(name, '{ no JSON at all');
      expect([name, status]).toEqual([name, 401]);
    }
  });

  it('is not read of a caller whom the route does not let in', async () => {
    const reader = server.client(await house.key('read'));
    for (const name of ['POST /api/activities', 'POST /api/members', 'PATCH /api/organisation']) {
      expect([name, (await send(name, '{ no', reader)).status]).toEqual([name, 403]);
    }
  });

  it('has 16 KB where anybody may send one', async () => {
    const names = reading(true);
    expect(names).toContain('POST /api/session');
    for (const name of names) {
      const { status } = await send(name, JSON.stringify({ a: 'x'.repeat(16_000) }));
      expect([name, status]).toEqual([name, 413]);
    }
    expect((await send('POST /api/nothing', `"${'x'.repeat(16_000)}"`)).status).toBe(413);
  });

  it('has 256 KB elsewhere, but for activities and for lists of members', async () => {
    const larger = [
      'POST /api/activities',
      'POST /api/challenges',
      'PATCH /api/challenges/:id',
      'POST /api/challenges/:id/amend',
    ];
    const text = `"${'x'.repeat(256_000)}"`;
    for (const name of ['POST /api/members', 'PUT /api/targets', 'POST /api/import-mappings']) {
      expect([name, (await send(name, text, house.admin)).status]).toEqual([name, 413]);
    }
    for (const name of larger) {
      expect([name, (await send(name, text, house.admin)).status]).toEqual([name, 422]);
    }
    const memberIds = Array<string>(50_000).fill(NOWHERE);
    const audience = JSON.stringify({ audience: { kind: 'members', memberIds } });
    expect((await send('POST /api/challenges', audience, house.admin)).status).toBe(422);
    const list = `"${'x'.repeat(2_500_000)}"`;
    expect((await send('POST /api/challenges', list, house.admin)).status).toBe(413);
  });

  it('that is wrong in many places is told of twenty, in short words', async () => {
    const strange = Object.fromEntries(
      Array.from({ length: 900 }, (_, n) => [`${'k'.repeat(40)}${n}`, 1]),
    );
    const { status, body } = await house.admin.post<Problem>('/api/members', strange);
    expect(status).toBe(422);
    expect(body.errors).toHaveLength(20);
    const long = await house.admin.post<Problem>('/api/members', { ['k'.repeat(9_000)]: 1 });
    expect(JSON.stringify(long.body).length).toBeLessThan(2_000);
    const batch = { activities: [{ ['k'.repeat(900_000)]: 1 }] };
    const partial = await house.admin.post('/api/activities', batch);
    expect(JSON.stringify(partial.body).length).toBeLessThan(1_000);
    const atomic = await house.admin.post('/api/activities', { mode: 'atomic', ...batch });
    expect(JSON.stringify(atomic.body).length).toBeLessThan(1_500);
  });

  it.each([
    ['many levels', `{"activities":${'['.repeat(33)}${']'.repeat(33)}}`],
    [
      'an object of many fields',
      `{${Array.from({ length: 1_001 }, (_, n) => `"k${n}":1`).join()}}`,
    ],
    ['a long list', `{"activities":[${'1,'.repeat(50_000)}1]}`],
  ])('with %s is not read', async (_what, text) => {
    const { status, body } = await send('POST /api/activities', text, house.admin);
    expect([status, body.code]).toEqual([400, 'malformed-request']);
  });

  it('whose texts hold what no database keeps is refused', async () => {
    const mapping = (more: object) => ({ name: 'm', mapping: { kind: 'members', ...more } });
    const card = { fr: { name: 'n', why: '\0' } };
    const skip = [{ column: 'a', is: ['\0'] }];
    for (const [url, sent] of [
      ['/api/import-mappings', mapping({ skip })],
      ['/api/import-mappings', mapping({ values: { a: { '\0': 'x' } } })],
      ['/api/import-mappings', mapping({ values: { a: { x: '\0' } } })],
      ['/api/kpis', { ...ownKpi, card }],
      ['/api/members', { externalId: '\0', name: 'x' }],
    ] as const) {
      expect([url, (await house.admin.post(url, sent)).status]).toEqual([url, 422]);
    }
  });

  it('may be full of brackets, commas and marks where they are text', async () => {
    const activities = [sale('zoe', 1, { customer: `${'[{,'.repeat(60)}"\\\\"` })];
    const { body } = await house.admin.post('/api/activities', { activities });
    expect(body).toMatchObject({ recorded: 1 });
  });

  it('of a batch that is refused as a whole is told of every item', async () => {
    const activities = Array<number>(30).fill(1);
    const { body } = await house.admin.post<Problem>('/api/activities', {
      mode: 'atomic',
      activities,
    });
    expect(body.errors).toHaveLength(30);
  });

  it('that does not come to its end in time is not waited for', async () => {
    const patience = server.app.get(Patience);
    expect(patience.usualMs).toBe(30_000);
    patience.usualMs = 300;
    try {
      const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
      const head = ['POST /api/session HTTP/1.1', 'host: x', 'content-type: application/json'];
      socket.write([...head, 'content-length: 100', '', '{'].join('\r\n'));
      const drip = setInterval(() => socket.write(' '), 50);
      socket.on('error', () => {});
      let said = '';
      socket.on('data', (data) => (said += String(data)));
      await once(socket, 'close');
      clearInterval(drip);
      expect(said).toContain('HTTP/1.1 408');
    } finally {
      patience.usualMs = 30_000;
    }
  });
});

describe('an address', () => {
  it('of a stranger is not remembered', async () => {
    const { parsed } = server.app.get(BoardQuick) as unknown as { parsed: Map<string, unknown> };
    for (let n = 0; n < 20; n++) {
      await server.client().get(`/api/challenges/${n}?${'a'.repeat(10_000)}`);
      await server.client().get(`/api/challenges/${NOWHERE}/board?limit=${n + 1}`);
      await house.admin.get(`/api/challenges/${NOWHERE}/board?${'a'.repeat(10_000)}${n}`);
    }
    expect(parsed.size).toBe(0);
    await house.admin.get(`/api/challenges/${NOWHERE}/board`);
    expect(parsed.size).toBe(1);
  });

  it('may name an id in capitals, which is the same id', async () => {
    const id = await house.challenge();
    const plain = await house.admin.raw(`/api/challenges/${id}/board`);
    const loud = await house.admin.raw(`/api/challenges/${id.toUpperCase()}/board`);
    expect([loud.status, loud.headers.get('etag')]).toEqual([200, plain.headers.get('etag')]);
    const { held } = server.app.get(BoardMemory) as unknown as {
      held: Map<string, unknown>;
    };
    expect([...held.keys()].filter((key) => key.toLowerCase().includes(id))).toHaveLength(1);
  });

  it.each([
    '/api/import-mappings?cursor=%00',
    '/api/members?search=%00',
    '/api/kpis/x/results?period=2026&customer=a&customer=%00',
    '/api/members?a%00=1',
  ])('with a character that nothing can hold is refused: %s', async (address) => {
    const { status, body } = await house.admin.get<Problem>(address);
    expect([status, body.code]).toEqual([422, 'invalid']);
  });
});

describe('the page', () => {
  const ask = (url: string, accept?: string) =>
    server.client().raw<string>(url, accept === undefined ? {} : { headers: { accept } });

  it.each([
    ['/', '*/*'],
    ['/', 'text/html,application/xhtml+xml'],
    ['/', 'image/avif,*/*;q=0.8'],
    ['/challenges/x?tab=1', '*/*'],
    ['/sign-in', '*/*'],
    ['/apiary', '*/*'],
  ])('is the answer at %s to who takes %s', async (url, accept) => {
    const { status, headers, body } = await ask(url, accept);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('Palmarès');
  });

  it.each([
    ['/', 'application/json'],
    ['/sign-in', 'application/problem+json, application/json'],
    ['/api/nothing', '*/*'],
    ['/api/nothing', 'text/html'],
    ['/assets/none.js', '*/*'],
    ['/assets/none', 'text/html'],
    ['/robots.txt', '*/*'],
  ])('is not the answer at %s to who takes %s', async (url, accept) => {
    const { status, headers } = await ask(url, accept);
    expect([status, headers.get('content-type')]).toEqual([
      404,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});

describe('whatever stands in an address', () => {
  const TEXTS = ['%00', 'a%00b', '%01', '%0A', '%7F', '%ED%A0%80', '%', "'", '%F0%9F%98%80', '0'];

  interface Operation {
    parameters?: { in: string; name: string }[];
  }

  it('fails nothing of ours', async () => {
    const { body } = await house.admin.get<{ paths: Record<string, { get?: Operation }> }>(
      '/api/openapi.json',
    );
    const wrong: string[] = [];
    let asked = 0;
    const ask = async (address: string) => {
      const { status } = await house.admin.raw(address);
      asked += 1;
      if (status >= 500) wrong.push(`${status} ${address}`);
    };
    for (const [pattern, { get }] of Object.entries(body.paths)) {
      const named = pattern.replaceAll(/\{\w+\}/g, NOWHERE);
      for (const text of [...TEXTS, 'x'.repeat(7_000)]) {
        if (named !== pattern) await ask(pattern.replaceAll(/\{\w+\}/g, text));
        for (const { in: place, name } of get?.parameters ?? []) {
          if (place !== 'query') continue;
          const others = name === 'period' ? '' : 'period=2026-03&';
          await ask(`${named}?${name}=${text}`);
          await ask(`${named}?${others}${name}=${text}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(500);
  });
});
