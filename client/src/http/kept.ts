import { readonly, ref } from 'vue';

/**
 * The last answers of a few questions, for a page that is opened without the server: kept on this
 * device under the name of who asked, for a day, and gone with them. Without the proof that writes
 * carry: a page that needs it asks the server for another.
 */
const CACHE = 'palmares.kept';
const OWNER = 'palmares.owner';
const AT = 'x-kept-at';
const DAY_MS = 86_400_000;

/** What is worth being seen again: who one is, challenges and their boards, points, the target. */
const WORTH = [
  /^\/api\/session$/,
  /^\/api\/board-link$/,
  /^\/api\/challenges(\?|$)/,
  /^\/api\/challenges\/[\w-]+(\/(board|place|race|terms|winnings))?(\?|$)/,
  /^\/api\/(wallet|notifications)(\?|\/|$)/,
  /^\/api\/kpis\/(target-attainment|projected-landing)\/results\?.*&limit=1$/,
];

/** Since when the oldest answer is that the page goes by; undefined while the server answers. */
const since = ref<number>();
export const keptSince = readonly(since);

let reached = false;
let generation = 0;

const works = () => typeof caches !== 'undefined';
const isWorth = (path: string) => WORTH.some((pattern) => pattern.test(path));

function owner(): string {
  try {
    return localStorage.getItem(OWNER) ?? '';
  } catch {
    return '';
  }
}

/** A link and a person never read what the other was answered; the session is asked by nobody yet. */
async function keyOf(path: string, token: string | undefined): Promise<string> {
  const who = path === '/api/session' ? 'session' : (token ?? owner());
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(who));
  const name = Array.from(new Uint8Array(bytes).slice(0, 12), (byte) => byte.toString(16)).join('');
  return `/kept/${name}${path}`;
}

/** The answer without what is a secret of the session. */
function withoutProof(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('csrf' in body)) return body;
  const { csrf: _, ...rest } = body;
  return rest;
}

/** When an answer was kept; undefined when that is too long ago, or yet to come. */
function freshAt(answer: Response): number | undefined {
  const at = Number(answer.headers.get(AT));
  const age = Date.now() - at;
  return age >= 0 && age < DAY_MS ? at : undefined;
}

/** Drops the kept answers that are too old, of all accounts. The page calls it when it starts. */
export async function dropStale(): Promise<void> {
  if (!works()) return;
  try {
    const cache = await caches.open(CACHE);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      // What earlier versions kept had the proof in it.
      const old = answer && (!freshAt(answer) || (await answer.clone().text()).includes('"csrf"'));
      if (old) await cache.delete(request);
    }
  } catch {
    // Storage that is closed to us has kept nothing.
  }
}

/** The server has answered: from here on the page goes by what it says, or by nothing. */
export function reach(): void {
  reached = true;
  since.value = undefined;
}

/** Keeps an answer of the server, in the background. */
export function keep(path: string, token: string | undefined, body: unknown): void {
  if (!works() || !isWorth(path)) return;
  const mine = generation;
  const put = async () => {
    const key = await keyOf(path, token);
    const cache = await caches.open(CACHE);
    // Somebody may have left meanwhile: nothing of theirs is written after that.
    if (mine !== generation) return;
    const headers = { 'content-type': 'application/json', [AT]: String(Date.now()) };
    await cache.put(key, new Response(JSON.stringify(withoutProof(body)), { headers }));
    if (mine !== generation) await cache.delete(key);
  };
  put().catch(() => {});
}

async function read(path: string, token: string | undefined) {
  const [cache, key] = await Promise.all([caches.open(CACHE), keyOf(path, token)]);
  const answer = await cache.match(key);
  if (!answer) return undefined;
  const at = freshAt(answer);
  if (at !== undefined) return { answer, at };
  await cache.delete(key);
  return undefined;
}

/** The last answer, only for a page that has not reached the server since it was opened. */
export async function kept(path: string, token: string | undefined): Promise<Response | undefined> {
  if (reached || !works() || !isWorth(path)) return undefined;
  const found = await read(path, token).catch(() => undefined);
  if (found) since.value = Math.min(since.value ?? found.at, found.at);
  return found?.answer;
}

/** From here on answers are of somebody else, or of nobody: those before are wiped. */
export async function belongTo(who: string | undefined): Promise<void> {
  if (who === owner()) return;
  generation += 1;
  try {
    if (who === undefined) localStorage.removeItem(OWNER);
    else localStorage.setItem(OWNER, who);
  } catch {
    // Storage that is closed to us has kept no name.
  }
  // Also where the name cannot be stored: what was kept under the last one goes.
  if (works()) await caches.delete(CACHE).catch(() => false);
}
