import { Injectable } from '@nestjs/common';
import type { DayChanges, Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { measureText, type Measure } from '@palmares/shared/kpi/measure';
import type { Day } from '@palmares/shared/time/day';
import { digestId } from '../platform/digest.js';
import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';
import * as store from './measure.store.js';
import * as replayed from './replay.store.js';
import type { Past } from './totals-sql.js';

/** Daily totals by member and measure text. */
export type Totals = (memberId: string, measure: string) => Map<Day, Values> | undefined;

/** Where the kept totals of a measure are not what the activities say. */
export interface MeasureDifferences {
  measure: Measure;
  differences: replayed.Difference[];
}

/** Measures that are gathered in one pass; each adds a column or a few. */
const AT_ONCE = 50;

interface Kept {
  challengeSeq: number;
  measures: ReadonlyMap<string, Measure>;
}

@Injectable()
export class MeasureService {
  private readonly kept = new Map<string, Kept>();

  /** Keeps the daily totals of these measures from now on, filling in the past at once. */
  async keep(tx: Tx, turn: Turn, measures: ReadonlyMap<string, Measure>): Promise<void> {
    const fresh: store.KeptMeasure[] = [];
    for (const [text, definition] of measures) {
      const id = digestId(text);
      if (await store.keep(tx, turn, id, definition)) fresh.push({ id, definition });
    }
    await this.compare(tx, turn.organisationId, fresh, 'mend', 0);
  }

  /** The kept measures by text, remembered until challenges change. */
  async running(tx: Tx, turn: Turn): Promise<ReadonlyMap<string, Measure>> {
    const known = this.kept.get(turn.organisationId);
    if (known?.challengeSeq === turn.challengeSeq) return known.measures;
    const rows = await store.listKept(tx, turn.organisationId);
    const measures = new Map(rows.map(({ definition }) => [measureText(definition), definition]));
    this.kept.set(turn.organisationId, { challengeSeq: turn.challengeSeq, measures });
    return measures;
  }

  /** Kept totals that the activities do not bear out, by measure; the first of each. */
  async differences(tx: Tx, organisationId: string, limit: number): Promise<MeasureDifferences[]> {
    const kept = await store.listKept(tx, organisationId);
    return this.compare(tx, organisationId, kept, 'name', limit);
  }

  /** The same, and writes them as the activities say. */
  async mend(tx: Tx, turn: Turn, limit: number): Promise<MeasureDifferences[]> {
    const kept = await store.listKept(tx, turn.organisationId);
    return this.compare(tx, turn.organisationId, kept, 'mend', limit);
  }

  private async compare(
    tx: Tx,
    organisationId: string,
    kept: readonly store.KeptMeasure[],
    then: replayed.Then,
    limit: number,
  ): Promise<MeasureDifferences[]> {
    const found: MeasureDifferences[] = [];
    for (let from = 0; from < kept.length; from += AT_ONCE) {
      const some = kept.slice(from, from + AT_ONCE);
      const gathered = await replayed.gather(tx, organisationId, some);
      for (const [place, { definition }] of some.entries()) {
        const differences = await replayed.compare(tx, gathered, place, then, limit);
        if (differences.length > 0) found.push({ measure: definition, differences });
      }
      await replayed.forget(tx);
    }
    return found;
  }

  /** Daily totals straight from the activities, as they were at a `seq`, or of some days only. */
  async replay(
    tx: Tx,
    organisationId: string,
    measures: ReadonlyMap<string, Measure>,
    past?: Past,
  ): Promise<Totals> {
    const found: Found = new Map();
    for (const [text, measure] of measures) {
      const rows = await store.replay(tx, organisationId, measure, past);
      for (const row of rows) note(found, text, row);
    }
    return (memberId, measure) => found.get(`${memberId} ${measure}`);
  }

  /** Adds what a settlement changed to the kept totals. */
  async add(tx: Tx, turn: Turn, changes: DayChanges): Promise<void> {
    const rows: store.DayRow[] = [];
    for (const [text, members] of changes) {
      const measureId = digestId(text);
      for (const [memberId, days] of members) {
        for (const [day, { count, sum }] of days) {
          if (count !== 0 || sum !== 0) rows.push({ measureId, memberId, day, count, sum });
        }
      }
    }
    await store.add(tx, turn.organisationId, rows);
  }

  /** Reads daily totals of a window for some members, or for all. */
  async totals(
    tx: Tx,
    organisationId: string,
    window: { from: string; to: string },
    measures: Iterable<string>,
    memberIds: readonly string[] | 'all',
  ): Promise<Totals> {
    const texts = new Map([...measures].map((text) => [digestId(text), text]));
    const ids = [...texts.keys()];
    const rows = await store.days(tx, organisationId, ids, memberIds, window.from, window.to);
    const found: Found = new Map();
    for (const row of rows) note(found, texts.get(row.measureId) ?? '', row);
    return (memberId, measure) => found.get(`${memberId} ${measure}`);
  }
}

type Found = Map<string, Map<string, Values>>;

function note(found: Found, text: string, row: Omit<store.DayRow, 'measureId'>): void {
  const key = `${row.memberId} ${text}`;
  let days = found.get(key);
  if (!days) found.set(key, (days = new Map()));
  days.set(row.day, { count: row.count, sum: row.sum });
}
