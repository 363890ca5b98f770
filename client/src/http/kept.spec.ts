import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { belongTo, dropStale, keep, kept } from './kept';

const HOUR = 3_600_000;
const store = new Map<string, Response>();
const keyOf = (key: string | { url: string }) => (typeof key === 'string' ? key : key.url);
const cache = {
  put: async (key: string, answer: Response) => void store.set(key, answer),
  match: async (key: string | { url: string }) => store.get(keyOf(key))?.clone(),
  delete: async (key: string | { url: string }) => store.delete(keyOf(key)),
  keys: async () => [...store.keys()].map((url) => ({ url })),
};
const names = new Map<string, string>();
const session = { person: { id: '1' }, csrf: 'the-proof' };
let now: number;

beforeEach(() => {
  store.clear();
  now = Date.parse('2026-03-15T12:00:00Z');
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  Object.assign(globalThis, {
    caches: { open: async () => cache, delete: async () => (store.clear(), true) },
    localStorage: {
      getItem: (key: string) => names.get(key) ?? null,
      setItem: (key: string, value: string) => void names.set(key, value),
      removeItem: (key: string) => void names.delete(key),
    },
  });
});
afterEach(() => void jest.restoreAllMocks());

/** Keeping is done in the background. */
async function keepNow(path: string, body: unknown): Promise<void> {
  const before = store.size;
  keep(path, undefined, body);
  for (let turn = 0; store.size === before && turn < 1_000; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const again = async (path: string) => (await kept(path, undefined))?.json();

describe('what a device keeps of answers', () => {
  it('has no proof of the session in it', async () => {
    await keepNow('/api/session', session);
    expect(await [...store.values()][0]?.clone().text()).not.toContain('the-proof');
    expect(await again('/api/session')).toEqual({ person: { id: '1' } });
  });

  it('is read for a day, and gone when it is asked for later', async () => {
    await keepNow('/api/wallet', { available: 5 });
    now += 23 * HOUR;
    expect(await again('/api/wallet')).toEqual({ available: 5 });
    now += HOUR;
    expect(await again('/api/wallet')).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it('is dropped at the start of the page once it is old, dated ahead, or has a proof', async () => {
    await keepNow('/api/wallet', {});
    now += 25 * HOUR;
    await keepNow('/api/notifications', {});
    const headers = (at: number) => ({ headers: { 'x-kept-at': String(at) } });
    store.set('/kept/0/api/session', new Response(JSON.stringify(session), headers(now)));
    store.set('/kept/0/api/wallet', new Response('{}', headers(now + HOUR)));
    store.set('/kept/0/api/challenges', new Response('{}'));
    await dropStale();
    expect([...store.keys()].map((key) => key.replace(/^.*\/api/, ''))).toEqual(['/notifications']);
  });

  it('goes as a whole when nobody is signed in, also where names cannot be stored', async () => {
    await keepNow('/api/wallet', {});
    localStorage.removeItem = () => {
      throw new Error('closed');
    };
    await belongTo(undefined);
    expect(store.size).toBe(0);
  });
});
