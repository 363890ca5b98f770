// Requests that are right, or wrong in one place or two: of the wrong kind, in the wrong words.
import { activityInputSchema } from '@palmares/shared/activity/input';
import { activityTypes } from '@palmares/shared/activity/type';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import fc from 'fast-check';

export interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

export interface Surroundings {
  key: string;
  challenge: string;
  members: readonly string[];
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const NOWHERE = '01890000-0000-7000-8000-000000000000';

const texts = fc.oneof(
  fc.constantFrom('', ' ', '\0', 'a\0b', '\ud800', '\udfffx', '\uffff', '\u202e', '🏆', 'é', '\\.'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'then'),
  fc.constantFrom("'; drop table activity; --", '{{7*7}}', '%00', '../../etc', '\r\n', '\\N', '{}'),
  fc.constantFrom('x'.repeat(201), 'x'.repeat(70_000), '語'.repeat(61), '1'.repeat(400)),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const numbers = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 0.1, 1e-7, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 63, 1e21),
  fc.constantFrom('1e308', '0x10', '1,5', '1.00000', '.5', '+1', '-0', '٣', 'NaN', ' 1', '1e3'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const days = fc.constantFrom(
  '2026-02-30',
  '2026-13-01',
  '0000-01-01',
  '2026-03-10T24:00:00Z',
  '2026-03-10T10:00:60Z',
  '1899-12-31',
  '2199-12-31',
  '2200-01-01',
  '+020260-01-01',
  '2026-3-1',
  '2026-03-10T10:00',
  '2026-03-10T10:00:00.123456789Z',
  '2026-03-10T10:00:00+25:00',
  '1900-01-01T00:00:00+14:00',
  '2026-03-29T02:30:00+01:00',
  '2024-02-29',
  '2023-02-29',
  '9999-12-31T23:59:59-12:00',
);
const nested = fc.constantFrom(1, 20, 200).map((depth) => {
  let value: Json = 1;
  for (let at = 0; at < depth; at++) value = at % 2 ? [value] : { a: value };
  return value;
});
/** Anything that may stand where something else is expected. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: texts },
  { weight: 3, arbitrary: numbers },
  { weight: 2, arbitrary: days },
  { weight: 3, arbitrary: fc.constantFrom<Json>(null, true, false, [], {}, [[]], [null], '') },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json> },
);

const names = fc.constantFrom('zoe', 'ali', 'nobody', 'ZOE');
const reference = ({ members }: Surroundings) =>
  fc.oneof(
    fc.record({ externalId: names }),
    fc.record({ id: fc.constantFrom(...members, NOWHERE) }),
    fc.record({ email: fc.constantFrom('nobody@example.com', 'not an address') }),
  );
const amount = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constantFrom('0.0001', '1000.01', '1'));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const label = maybe(fc.constantFrom('ana', 'ben', 'é🏆'));

/** Right but for its luck: few names, so that they meet. */
const activity = (around: Surroundings) =>
  fc.record(
    {
      source: fc.constantFrom('crm', 'erp'),
      externalId: fc.integer({ min: 0, max: 300 }).map(String),
      type: fc.constantFrom('deal.won', 'deal.won', 'sale.refunded', ...Object.keys(activityTypes)),
      member: reference(around),
      occurredAt: fc.constantFrom('2026-03-10', '2026-03-01T00:30:00+14:00', '2026-02-28'),
      amount: maybe(amount),
      version: maybe(fc.constantFrom<Json>(1, 2, 3, '2026-03-10T10:00:00Z')),
      void: maybe(fc.constantFrom(true, false, false)),
      item: label,
      quantity: maybe(amount),
      product: label,
      customer: label,
      channel: label,
      openedAt: maybe(fc.constantFrom('2026-03-01', '2026-03-11')),
      attributes: maybe(fc.dictionary(texts, odd, { maxKeys: 3 })),
      lines: maybe(fc.constantFrom<Json>([{ product: 'A', amount: 1 }], [{ product: 'B' }])),
    },
    { requiredKeys: ['source', 'externalId', 'type', 'member', 'occurredAt'] },
  ) as fc.Arbitrary<Json>;
const split = (around: Surroundings) =>
  fc
    .tuple(activity(around), reference(around), reference(around), fc.constantFrom('0.5', '0.6'))
    .map(([one, first, second, weight]) => {
      const { member: _member, ...rest } = one as Record<string, Json>;
      const shares = [
        { member: first, weight },
        { member: second, weight: '0.5' },
      ];
      return { ...rest, shares } as Json;
    });

const rule = fc.record({
  type: fc.constant('per-unit'),
  kpi: fc.constantFrom(...catalogue.keys()),
  score: fc.constantFrom('1', 12, '0.5'),
  per: fc.constantFrom('1', 1000),
  filters: fc.constantFrom<Json>({}, { product: ['A'] }, { customer: ['ana', 'ben'] }),
});
const draft = ({ members }: Surroundings) =>
  fc.record({
    name: fc.constantFrom('Sprint', 'Été 🏆'),
    from: fc.constantFrom('2026-03-01', '2026-01-01'),
    to: fc.constantFrom('2026-04-01', '2026-12-31'),
    audience: fc.constantFrom<Json>(
      { kind: 'everyone' },
      { kind: 'members', memberIds: [...members] },
      { kind: 'members', memberIds: [NOWHERE] },
      { kind: 'team-members', teamIds: [NOWHERE] },
    ),
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  }) as fc.Arbitrary<Json>;

interface Change {
  /** Chooses the place. */
  at: number;
  what: 'replace' | 'remove' | 'add' | 'empty' | 'repeat';
  name: string;
  value: Json;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'empty', 'repeat'),
  name: fc.oneof(
    texts,
    fc.constantFrom(
      ...Object.keys(activityInputSchema.shape),
      ...Object.keys(challengeDefinitionSchema.shape),
    ),
  ),
  value: odd,
});

interface Place {
  parent: Json[] | Record<string, Json>;
  name: string;
}

function places(value: Json, found: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object' || found.length > 400) return found;
  for (const name of Object.keys(value)) {
    found.push({ parent: value, name });
    places((value as Record<string, Json>)[name] ?? null, found);
  }
  return found;
}

/** One thing made wrong, somewhere inside. */
function changed(whole: Json, { at, what, name, value }: Change): Json {
  const copy = structuredClone(whole);
  const all = places(copy);
  const place = all[at % Math.max(all.length, 1)];
  if (!place) return value;
  const parent = place.parent as Record<string, Json>;
  const { name: own } = place;
  if (what === 'replace') parent[own] = value;
  else if (what === 'remove') delete parent[own];
  else if (what === 'empty') parent[own] = Array.isArray(parent[own]) ? [] : {};
  else if (what === 'repeat' && Array.isArray(place.parent)) place.parent.push(parent[own] ?? null);
  else Object.defineProperty(parent, name, { value, enumerable: true, configurable: true });
  return copy;
}

const nearly = (right: fc.Arbitrary<Json>) =>
  fc
    .tuple(right, fc.array(change, { maxLength: 2 }))
    .map(([value, changes]) => changes.reduce(changed, value));

/** Text that is JSON, or was before something happened to it on its way. */
const written = (value: fc.Arbitrary<Json>) =>
  fc.tuple(value, fc.nat(), fc.constantFrom(...Array(40).fill(0), 1, 2, 3, 4, 5)).map(write);

const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

function write([value, at, damage]: [Json, number, number]): string {
  const text = JSON.stringify(value);
  const place = at % (text.length + 1);
  if (damage === 1) return text.slice(0, place);
  if (damage === 2) return `${text.slice(0, place)}${'{["\0,:'[at % 6]}${text.slice(place)}`;
  if (damage === 3) return text.replace('{', '{"__proto__":{"admin":true},');
  if (damage === 4) return `${text}${text}`;
  return damage === 5 ? text.replace(/"(?:zoe|Sprint)"/, DEEP) : text;
}

const batch = (around: Surroundings): fc.Arbitrary<Json> => {
  const one = nearly(fc.oneof({ weight: 4, arbitrary: activity(around) }, split(around)));
  const list = fc.array(one, { maxLength: 12 });
  const right = fc
    .tuple(list, maybe(fc.constantFrom('partial', 'partial', 'partial', 'atomic')))
    .map(([activities, mode]) => (mode === undefined ? { activities } : { mode, activities }));
  return fc.oneof({ weight: 6, arbitrary: right as fc.Arbitrary<Json> }, nearly(right as never));
};

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('limit', 'offset', 'cursor', 'asOf', '__proto__', 'limit[]'),
      fc.oneof(fc.constantFrom<Json>('1', '50', '0', '1e3', '999999999', NOWHERE), odd),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encoded(value)}`).join('&'));

function encoded(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Half of a surrogate pair has no encoding.
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '?')).slice(0, 2_000);
}

const id = ({ challenge }: Surroundings) =>
  fc.oneof(
    fc.constantFrom(challenge, challenge.toUpperCase(), NOWHERE, 'x', '%', '%00', '%E0%A4'),
    texts.map((text) => encoded(text).slice(0, 300) || 'y'),
  );

const contentType = fc.constantFrom(
  ...Array(60).fill('application/json'),
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  '',
  'application/json, text/html',
  'json',
);
const authorization = ({ key }: Surroundings) =>
  fc.constantFrom(
    ...Array(30).fill(`Bearer ${key}`),
    '',
    'Bearer',
    `Bearer ${key}x`,
    `Basic ${key}`,
    'Bearer pal_key_0_0',
  );

/** One request to the API; with a valid key, nearly always. */
export function anyRequest(around: Surroundings): fc.Arbitrary<Request> {
  const path = (tail: string) => id(around).map((one) => `/api/challenges/${one}${tail}`);
  const withBody = (method: string, url: fc.Arbitrary<string>, payload: fc.Arbitrary<string>) =>
    fc.record({ method: fc.constant(method), url, payload, type: contentType });
  const without = (method: string, url: fc.Arbitrary<string>) =>
    fc.record({ method: fc.constant(method), url });
  const asked = (url: fc.Arbitrary<string>) =>
    without(
      'GET',
      fc.tuple(url, query).map(([one, more]) => (more ? `${one}?${more}` : one)),
    );
  const anything = fc.oneof(batch(around), nearly(draft(around)), odd);
  const activities = fc.constant('/api/activities');
  const challenges = fc.constant('/api/challenges');
  const requests: fc.Arbitrary<Partial<Request> & { method: string; url: string; type?: string }> =
    fc.oneof(
      { weight: 12, arbitrary: withBody('POST', activities, written(batch(around))) },
      { weight: 4, arbitrary: withBody('POST', challenges, written(nearly(draft(around)))) },
      { weight: 3, arbitrary: asked(challenges) },
      { weight: 3, arbitrary: asked(path('/board')) },
      { weight: 2, arbitrary: asked(path('')) },
      { weight: 1, arbitrary: without('POST', path('/launch')) },
      { weight: 1, arbitrary: without('POST', path('/board-links')) },
      {
        weight: 1,
        arbitrary: without(
          'DELETE',
          id(around).map((one) => `/api/board-links/${one}`),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS').chain((method) => {
          const url = fc.oneof(
            activities,
            challenges,
            path(''),
            id(around).map((one) => `/${one}`),
          );
          return without(method, url);
        }),
      },
      { weight: 1, arbitrary: withBody('POST', path('/launch'), written(anything)) },
    );
  return fc.tuple(requests, authorization(around)).map(([{ method, url, payload, type }, who]) => {
    const headers: Record<string, string> = who === '' ? {} : { authorization: who };
    if (payload === undefined) return { method, url, headers };
    return { method, url, payload, headers: { ...headers, 'content-type': type ?? '' } };
  });
}
