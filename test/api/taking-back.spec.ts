import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ActivityService } from '@palmares/server/activity/activity.service';
import { IntakeService } from '@palmares/server/intake/intake.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { UndoService } from '@palmares/server/intake/undo.service';
import { VerdictService } from '@palmares/server/intake/verdict.service';
import type { Verdict } from '@palmares/shared/activity/verdict';
import { randomUUID } from 'node:crypto';
import { linesOf } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
  challenge = await house.challenge();
});

const lines = async () => linesOf(await house.admin.board(challenge));
const scores = async () =>
  Object.fromEntries((await lines()).map(([, who, score]) => [who, score]));
const noDifference = async () =>
  expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });

interface Identity {
  source: string;
  externalId: string;
}
const judge = ({ source, externalId }: Identity, verdict: Verdict) =>
  server.app
    .get(VerdictService)
    .give(house.id, { source, externalId }, { verdict, reason: null, givenBy: 'hr' });
const bring = (importId: string, ...activities: object[]) =>
  server.app.get(IntakeService).record(house.id, { mode: 'partial', activities, importId });
const undo = (importId: string) => server.app.get(UndoService).undo(house.id, importId);

describe('a verdict', () => {
  it.each(['pending', 'rejected', 'excluded'] as const)(
    '%s takes the score away until it is accepted',
    async (verdict) => {
      const one = sale('zoe', 300);
      await house.record(one);
      await judge(one, verdict);
      expect(await scores()).toEqual({ zoe: '0', ali: '0' });
      await judge(one, 'accepted');
      expect(await scores()).toEqual({ zoe: '300', ali: '0' });
      await noDifference();
    },
  );

  it('is not undone by what the source says tonight, which counts once accepted', async () => {
    const one = sale('zoe', 300);
    await house.record(one);
    await judge(one, 'rejected');
    expect(await house.record(one)).toMatchObject({ unchanged: 1 });
    expect(await house.record({ ...one, amount: 400 })).toMatchObject({ revised: 1 });
    expect(
      await house.record({ ...one, amount: 500, member: { externalId: 'ali' } }),
    ).toMatchObject({ revised: 1 });
    await house.record({ ...one, void: true });
    await house.record({ ...one, amount: 600 });
    expect(await scores()).toEqual({ zoe: '0', ali: '0' });
    await noDifference();
    await judge(one, 'accepted');
    expect(await scores()).toEqual({ zoe: '600', ali: '0' });
    await noDifference();
  });

  it('given twice changes once, and every one is kept', async () => {
    const one = sale('zoe', 300);
    await house.record(one);
    for (const verdict of ['rejected', 'rejected', 'excluded'] as const) await judge(one, verdict);
    const [counts] = await server.sql(
      `select (select count(*)::int from verdict where organisation_id = $1) as verdicts,
         (select count(*)::int from activity where organisation_id = $1) as revisions`,
      [house.id],
    );
    expect(counts).toEqual({ verdicts: 3, revisions: 2 });
  });

  it('of an activity that there is not is refused', async () => {
    await expect(judge({ source: 'test', externalId: 'none' }, 'rejected')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('leaves a stale version stale', async () => {
    const one = { ...sale('zoe', 300), version: 2 };
    await house.record(one);
    await judge(one, 'rejected');
    expect(await house.record({ ...one, version: 1, amount: 1 })).toMatchObject({ stale: 1 });
    await judge(one, 'accepted');
    expect(await scores()).toMatchObject({ zoe: '300' });
  });
});

describe('an import that is undone', () => {
  it('voids what it made and restores what it revised', async () => {
    const [kept, mine] = [sale('zoe', 100), sale('ali', 50)];
    await house.record(kept);
    const importId = randomUUID();
    await bring(importId, { ...kept, amount: 900 }, mine);
    expect(await scores()).toEqual({ zoe: '900', ali: '50' });
    expect(await undo(importId)).toEqual({ voided: 1, restored: 1 });
    expect(await scores()).toEqual({ zoe: '100', ali: '0' });
    await noDifference();
  });

  it('twice is undone once', async () => {
    const importId = randomUUID();
    await bring(importId, sale('zoe', 100), sale('ali', 50));
    expect(await undo(importId)).toEqual({ voided: 2, restored: 0 });
    expect(await undo(importId)).toEqual({ voided: 0, restored: 0 });
    const [rows] = await server.sql(
      'select count(*)::int as revisions from activity where organisation_id = $1',
      [house.id],
    );
    expect(rows).toEqual({ revisions: 4 });
  });

  it('leaves what has been revised since', async () => {
    const [one, other] = [sale('zoe', 100), sale('ali', 50)];
    const importId = randomUUID();
    await bring(importId, one, other);
    await house.record({ ...one, amount: 120 });
    expect(await undo(importId)).toEqual({ voided: 1, restored: 0 });
    expect(await scores()).toEqual({ zoe: '120', ali: '0' });
    await noDifference();
  });

  it('restores what was there before it, though it wrote several times', async () => {
    const one = sale('zoe', 100);
    await house.record(one);
    const importId = randomUUID();
    await bring(importId, { ...one, amount: 200 }, { ...one, amount: 300 });
    await bring(importId, { ...one, amount: 400 });
    expect(await undo(importId)).toEqual({ voided: 0, restored: 1 });
    expect(await scores()).toMatchObject({ zoe: '100' });
  });

  it('does not bring back what was stale', async () => {
    const one = { ...sale('zoe', 100), version: 5 };
    await house.record(one, { ...one, version: 3, amount: 3 });
    const importId = randomUUID();
    await bring(importId, { ...one, version: 6, amount: 600 });
    await undo(importId);
    expect(await scores()).toMatchObject({ zoe: '100' });
  });

  it('may be sent again', async () => {
    const one = { ...sale('zoe', 100), version: 1 };
    const [first, second] = [randomUUID(), randomUUID()];
    await bring(first, one);
    await undo(first);
    expect(await bring(second, one)).toMatchObject({ revised: 1 });
    expect(await scores()).toMatchObject({ zoe: '100' });
    expect(await undo(first)).toEqual({ voided: 0, restored: 0 });
  });

  it('forgets what it left waiting, and takes back what was released of it', async () => {
    const importId = randomUUID();
    await bring(importId, sale('eva', 1), sale('ben', 2));
    await house.member('eva');
    expect(await scores()).toMatchObject({ eva: '1' });
    expect(await undo(importId)).toEqual({ voided: 1, restored: 0 });
    await house.member('ben');
    expect(await scores()).toEqual({ zoe: '0', ali: '0', eva: '0', ben: '0' });
    await noDifference();
  });

  it('is taken back whatever has been decided of it since, and stays decided', async () => {
    const importId = randomUUID();
    const one = sale('zoe', 100);
    await bring(importId, one, sale('ali', 50));
    await judge(one, 'rejected');
    expect(await undo(importId)).toEqual({ voided: 2, restored: 0 });
    await judge(one, 'accepted');
    expect(await scores()).toEqual({ zoe: '0', ali: '0' });
    await noDifference();
  });

  it('shares no turn with other batches', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const batches = [first, second].flatMap((importId) =>
      Array.from({ length: 5 }, () => bring(importId, sale('zoe', 1))),
    );
    const others = Array.from({ length: 5 }, () => house.record(sale('ali', 1)));
    await Promise.all([...batches, ...others]);
    expect(await undo(first)).toEqual({ voided: 5, restored: 0 });
    expect(await scores()).toEqual({ zoe: '5', ali: '5' });
  });

  it('takes nothing from another organisation', async () => {
    const other = await server.organisation(['zoe']);
    const importId = randomUUID();
    await bring(importId, sale('zoe', 100));
    expect(await server.app.get(UndoService).undo(other.id, importId)).toEqual({
      voided: 0,
      restored: 0,
    });
    expect(await scores()).toMatchObject({ zoe: '100' });
  });
});

describe('how fresh a source is', () => {
  const fresh = () => server.app.get(ActivityService).freshness(house.id);

  it('is when it was last heard, and its latest business day', async () => {
    const from = (source: string, occurredAt: string) => ({
      ...sale('zoe', 1),
      source,
      occurredAt,
    });
    const late = from('crm', '2026-03-12');
    await house.record(late, from('crm', '2026-03-01'), from('erp', '2026-02-01'));
    expect(await fresh()).toMatchObject([
      { source: 'crm', occurredOn: '2026-03-12' },
      { source: 'erp', occurredOn: '2026-02-01' },
    ]);
    const [{ heardAt: before } = { heardAt: NOON }] = await fresh();
    server.clock.travelTo(new Date(NOON.getTime() + 3_600_000));
    try {
      // Nothing new was said, but it has been heard.
      await house.record(late);
      const [crm, erp] = await fresh();
      expect(crm?.occurredOn).toBe('2026-03-12');
      expect(crm?.heardAt.getTime()).toBeGreaterThan(before.getTime() + 3_500_000);
      expect(erp?.heardAt.getTime()).toBeLessThan(before.getTime() + 3_500_000);
    } finally {
      server.clock.travelTo(NOON);
    }
  });

  it('is unknown of a source of which everything was refused', async () => {
    await house.record({ ...sale('zoe', -1), source: 'erp' });
    expect(await fresh()).toEqual([]);
  });
});
