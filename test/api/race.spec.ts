import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

interface Race {
  days: string[];
  lines: {
    subject: { label: string };
    me: boolean;
    ranks: (number | null)[];
    scores: (string | null)[];
  }[];
}

/** Longer than any course is kept. */
const LATER_MS = 600_000;

let server: TestServer;
let house: TestOrganisation;
let challengeId: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  house = await server.organisation(['ana', 'ben', 'cyd']);
  challengeId = await house.challenge({});
  server.clock.travelTo(new Date('2026-03-05T12:00:00Z'));
  await house.record(
    sale('ana', 100, { occurredAt: '2026-03-01' }),
    sale('ben', 300, { occurredAt: '2026-03-03' }),
  );
});

const race = async (query = '', who = house.admin) =>
  (await who.get<Race>(`/api/challenges/${challengeId}/race${query}`)).body;
const lineOf = ({ lines }: Race, label: string) =>
  lines.find(({ subject }) => subject.label === label);
const later = () => server.clock.travelTo(new Date(server.clock.now().getTime() + LATER_MS));

describe('a race', () => {
  it('goes by the days on which things were sold, up to today', async () => {
    const found = await race();
    expect(found.days).toEqual([1, 2, 3, 4, 5].map((day) => `2026-03-0${day}`));
    expect(lineOf(found, 'ana')?.ranks).toEqual([1, 1, 2, 2, 2]);
    expect(lineOf(found, 'ben')?.scores).toEqual(['0', '0', '300', '300', '300']);
    expect(found.lines.map(({ subject }) => subject.label)).toEqual(['ben', 'ana', 'cyd']);
  });

  it('has the best and the caller, and marks them', async () => {
    const id = house.members['cyd'] ?? '';
    await house.admin.patch(`/api/members/${id}`, { email: 'cyd@example.com' });
    const cyd = await house.enter(id);
    const found = await race('?top=1', cyd);
    expect(found.lines.map(({ subject, me }) => [subject.label, me])).toEqual([
      ['ben', false],
      ['cyd', true],
    ]);
  });

  it('takes late sales to the day they belong to', async () => {
    await house.record(sale('cyd', 900, { occurredAt: '2026-03-02' }));
    later();
    expect(lineOf(await race(), 'cyd')?.ranks).toEqual([2, 1, 1, 1, 1]);
  });

  it('ends with what was certified', async () => {
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
    await house.certify(challengeId);
    await house.record(sale('cyd', 900, { occurredAt: '2026-03-02' }));
    later();
    const found = await race();
    const board = await house.admin.board(challengeId);
    expect(found.days.at(-1)).toBe('2026-03-31');
    expect(
      found.lines.map(({ subject, ranks, scores }) => [subject.label, ranks.at(-1), scores.at(-1)]),
    ).toEqual(board.rows.map(({ subject, rank, score }) => [subject.label, rank, score]));
    expect(lineOf(found, 'cyd')?.scores.at(-1)).toBe('0');
  });

  it('has no day before the first one', async () => {
    const draft = await house.draft({});
    const { body } = await house.admin.get<Race>(`/api/challenges/${draft}/race`);
    expect(body).toMatchObject({ days: [], lines: [] });
  });
});
