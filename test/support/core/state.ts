import { MeasureService } from '@palmares/server/kpi/measure.service';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import { selected, toActivity, type ActivityRow } from '@palmares/server/activity/activity-row';
import { Database } from '@palmares/server/platform/database';
import { digestId } from '@palmares/server/platform/digest';
import { contentOf, type Activity } from '@palmares/shared/activity/activity';
import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import { compileChallenge, type CompiledChallenge } from '@palmares/shared/challenge/compile';
import type { DayTotals, Facts } from '@palmares/shared/challenge/have';
import { scoresOf } from '@palmares/shared/challenge/score';
import { measureText, type Measure } from '@palmares/shared/kpi/measure';
import { expect } from '@jest/globals';
import { plainTotals } from '../../../shared/src/kpi/measure.arbitrary.js';
import { addDays } from '@palmares/shared/time/day';
import type { TestServer } from '../server.js';
import { belongingDays, daysOfTeam, headsOf, type Moment } from './people.js';

type Totals = ReturnType<typeof plainTotals>;

/** Reads as the server does: 8-byte integers as numbers, days as texts. */
async function rows<Row extends object>(server: TestServer, text: string, values: unknown[]) {
  return server.app.get(Database).read((tx) => tx.rows<Row>(text, values));
}

/** Everything that is derived from the activities of an organisation, as one text. */
export async function derivedOf(server: TestServer, organisationId: string): Promise<string> {
  const days = await rows(
    server,
    `select measure_id, member_id, day, count, sum from measure_day
     where organisation_id = $1 and (count <> 0 or sum <> 0) order by 1, 2, 3`,
    [organisationId],
  );
  const scores = await rows(
    server,
    `select challenge_id, subject_id, score, numerator, denominator, parts, reached_on, seq from score
     where organisation_id = $1 order by 1, 2`,
    [organisationId],
  );
  return JSON.stringify([days, scores]);
}

/** The activities that counted at a `seq`, read back from their table. */
async function countingAt(server: TestServer, id: string, seq: number): Promise<Activity[]> {
  const found = await rows<ActivityRow & { hash: string }>(
    server,
    `select ${selected}, content_hash as hash from activity
     where organisation_id = $1 and seq <= $2 and not void and not withheld
       and (superseded_seq is null or superseded_seq > $2)`,
    [id, seq],
  );
  return found.map(({ hash, ...row }) => {
    const activity = toActivity(row);
    expect(digestId(contentOf(activity))).toBe(hash);
    return activity;
  });
}

interface Launched {
  id: string;
  definition: object;
}
interface Change {
  challengeId: string;
  subjectId: string;
  score: number;
  exact: string | null;
  reason: string | null;
  reachedOn: string | null;
}

/** The totals of one member, for `scoreOf`. */
function daysOf(totals: Totals | undefined, member: string): DayTotals {
  const own = Object.entries(totals ?? {}).filter(([at]) => at.startsWith(member));
  return new Map(own.map(([at, values]) => [at.slice(member.length + 1), values]));
}

/** Everything that is stored of an organisation is what its activities say, then and now. */
export async function expectRight(
  server: TestServer,
  { id, history }: { id: string; history: readonly Moment[] },
  cuts: number[],
): Promise<void> {
  const report = await server.app.get(RebuildService).check(id);
  expect(report.first).toEqual([]);
  const measures = await rows<{ id: string; definition: Measure }>(
    server,
    'select id, definition from measure where organisation_id = $1',
    [id],
  );
  const launched = await rows<Launched>(
    server,
    `select challenge_id as id, definition from challenge_version where organisation_id = $1`,
    [id],
  );
  const now = await countingAt(server, id, report.seq);
  await expectTotals(server, id, measures, now);
  const then = (seq: number) => history.findLast((one) => one.seq <= seq) ?? history[0];
  await expectScores(server, id, report.seq, launched, now, then(report.seq), 'score');
  for (const cut of cuts) {
    const seq = 1 + (cut % report.seq);
    const counting = await countingAt(server, id, seq);
    await expectReplay(server, id, seq, measures, counting);
    await expectScores(server, id, seq, launched, counting, then(seq), 'score_change');
  }
  await expectDays(server, id);
}

async function expectTotals(
  server: TestServer,
  id: string,
  measures: readonly { id: string; definition: Measure }[],
  activities: readonly Activity[],
): Promise<void> {
  const kept = await rows<{ measure: string; at: string; count: number; sum: number }>(
    server,
    `select measure_id as measure, member_id || ' ' || day as at, count, sum from measure_day
     where organisation_id = $1 and (count <> 0 or sum <> 0)`,
    [id],
  );
  for (const { id: measureId, definition } of measures) {
    const own = kept.filter(({ measure }) => measure === measureId);
    const found = Object.fromEntries(own.map(({ at, count, sum }) => [at, { count, sum }]));
    expect([definition, found]).toEqual([definition, plainTotals(definition, activities)]);
  }
}

/** The other way to the same totals: straight from the activities, as they were. */
async function expectReplay(
  server: TestServer,
  id: string,
  seq: number,
  measures: readonly { definition: Measure }[],
  activities: readonly Activity[],
): Promise<void> {
  const byText = new Map(measures.map(({ definition }) => [measureText(definition), definition]));
  const work = server.app.get(Database);
  const said = await work.read((tx) =>
    server.app.get(MeasureService).replay(tx, id, byText, { asOf: seq }),
  );
  for (const [text, measure] of byText) {
    const expected = plainTotals(measure, activities);
    for (const member of new Set(Object.keys(expected).map((at) => at.split(' ')[0] ?? ''))) {
      const found = [...(said(member, text) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
      expect([measure, found]).toEqual([measure, [...daysOf(expected, member)]]);
    }
  }
}

/** Scores, or what the log of changes had come to at a `seq`, for whoever had entered. */
async function expectScores(
  server: TestServer,
  id: string,
  seq: number,
  launched: readonly Launched[],
  activities: readonly Activity[],
  people: Moment | undefined,
  table: 'score' | 'score_change',
): Promise<void> {
  const last = await rows<Change>(
    server,
    `select distinct on (challenge_id, subject_id) challenge_id as "challengeId",
       subject_id as "subjectId", score, numerator || '/' || denominator as exact, reason,
       reached_on as "reachedOn"
     from ${table} where organisation_id = $1 and seq <= $2
     order by challenge_id, subject_id, seq desc`,
    [id, seq],
  );
  for (const { id: challengeId, definition } of launched) {
    const parsed = challengeDefinitionSchema.parse(definition);
    const compiled = compileChallenge(parsed);
    const totals = new Map(
      [...compiled.measures].map(([text, measure]) => [text, plainTotals(measure, activities)]),
    );
    const entered = last.filter((one) => one.challengeId === challengeId);
    const frozen = await frozenOf(server, id, challengeId);
    const facts = entered.map(({ subjectId }) => {
      const own = factsIn(parsed, compiled, people, subjectId, totals);
      const frozenFor = (rule: number) => frozen.get(`${rule} ${subjectId}`) ?? null;
      return [subjectId, { ...own, frozenFor }] as const;
    });
    const said = scoresOf(compiled, new Map(facts));
    for (const { subjectId, score, exact, reachedOn, reason } of entered) {
      const right = said.get(subjectId);
      expect({ seq, subjectId, score, exact, reachedOn, reason }).toEqual({
        seq,
        subjectId,
        score: right?.score,
        exact: right?.exact,
        reachedOn: right?.reachedAt,
        reason: right?.reason,
      });
    }
  }
}

/** What a subject has: a member by themself, a team by those who were in it. */
function factsIn(
  definition: ChallengeDefinition,
  { measures, perHead }: CompiledChallenge,
  people: Moment | undefined,
  subjectId: string,
  totals: ReadonlyMap<string, Totals>,
): Facts {
  if (!people) throw new Error('nobody was there');
  if (definition.audience.kind !== 'teams') {
    const leftOn = people.members.find(({ id }) => id === subjectId)?.leftOn;
    const gone = definition.leavers === 'leave' && leftOn && leftOn <= '2026-04-15';
    const belongs = belongingDays(people, definition, subjectId);
    const last = belongs.at(-1);
    const went = definition.leavers === 'leave' && last && addDays(last, 1) < definition.to;
    const out = gone || went || last === undefined ? 'left' : null;
    const totalsOf = (text: string) => {
      const own = [...daysOf(totals.get(text), subjectId)];
      return new Map(own.filter(([day]) => belongs.includes(day)));
    };
    return { totalsOf, out };
  }
  const heads = headsOf(people, definition, subjectId);
  return {
    totalsOf: (text) => {
      const measure = measures.get(text);
      return measure && daysOfTeam(people, definition, subjectId, measure, totals.get(text));
    },
    heads: perHead ? heads : undefined,
    out: heads.personDays === 0 ? 'no-members' : null,
  };
}

/** Baselines by rule and subject. */
async function frozenOf(server: TestServer, id: string, challengeId: string) {
  const found = await rows<{ key: string; value: number }>(
    server,
    `select rule || ' ' || subject_id as key, value from frozen_number
     where organisation_id = $1 and challenge_id = $2`,
    [id, challengeId],
  );
  return new Map(found.map(({ key, value }) => [key, value]));
}

/** The database has its own calendar of the zones, and agrees on every local day. */
async function expectDays(server: TestServer, id: string): Promise<void> {
  const wrong = await rows(
    server,
    `select occurred_at, occurred_on from activity
     join organisation on organisation.id = organisation_id
     where organisation_id = $1
       and (occurred_on <> (occurred_at at time zone time_zone)::date
         or opened_on <> (opened_at at time zone time_zone)::date)`,
    [id],
  );
  expect(wrong).toEqual([]);
}
