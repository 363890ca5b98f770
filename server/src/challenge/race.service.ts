import { Injectable } from '@nestjs/common';
import type { Subject } from '@palmares/shared/board/board';
import type { Facts } from '@palmares/shared/challenge/have';
import { raceDays, scoresAfter } from '@palmares/shared/challenge/race';
import { addDays, type Day } from '@palmares/shared/time/day';
import { MeasureService } from '../kpi/measure.service.js';
import { PeopleService } from '../people/people.service.js';
import { present } from '../people/sequence.js';
import { breathe } from '../platform/breathe.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { ChallengeService, type Found } from './challenge.service.js';
import { lastTurn } from './last-turn.js';
import { LineupService } from './lineup.service.js';
import { totalsAt } from './proof-totals.js';
import * as scores from './score.store.js';
import { factsOf, shown, standingsOf, type NamedStanding } from './scoring.js';
import { subjectTotals } from './subject-totals.js';

/** How everybody stood at the end of each day, by what is known of these days now. */
export interface Course {
  days: Day[];
  subjects: Subject[];
  /** By day, the best first. */
  standings: NamedStanding[][];
}

/** A course is made of at most so many scores, of at most so many days. */
const SCORES_MAX = 60_000;
const DAYS_MAX = 62;

/** So old a course may be: who looks at it looks at days, not at seconds. */
const FRESH_MS = 15_000;
/** One that took long is kept longer: a large board is not made over and over again. */
const TIMES_AS_LONG = 20;

interface Kept {
  until: number;
  course: Promise<Course>;
}

/** The way the ranking took, day by day. */
@Injectable()
export class RaceService {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly lineups: LineupService,
    private readonly measures: MeasureService,
  ) {}

  /** The course so far; without days before the first one. Problems: `not-found`. */
  course(organisationId: string, id: string): Promise<Course> {
    const now = this.clock.now().getTime();
    const key = `${organisationId} ${id}`;
    const known = this.kept.get(key);
    if (known && known.until > now) return known.course;
    for (const [old, { until }] of this.kept) if (until <= now) this.kept.delete(old);
    const since = performance.now();
    const course = this.make(organisationId, id);
    const kept = { until: now + FRESH_MS, course };
    this.kept.set(key, kept);
    course.then(
      () => (kept.until = now + Math.max(FRESH_MS, TIMES_AS_LONG * (performance.now() - since))),
      () => this.kept.delete(key),
    );
    return course;
  }

  private async make(organisationId: string, id: string): Promise<Course> {
    return this.database.snapshot(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, id);
      if (found.row.version === null) return { days: [], subjects: [], standings: [] };
      const today = await this.people.today(organisationId, tx);
      const board = await scores.board(tx, organisationId, id);
      const subjects = await this.subjects(tx, organisationId, found, board);
      const { definition, compiled } = found.challenge;
      const last = addDays(definition.to, -1);
      const most = Math.min(DAYS_MAX, Math.floor(SCORES_MAX / Math.max(subjects.size, 1)));
      const days = raceDays(definition.from, today < last ? today : last, most);
      const labels = new Map(board.map(({ subjectId, label }) => [subjectId, label]));
      const standings: NamedStanding[][] = [];
      for (const day of days) {
        await breathe();
        if (day === last && found.row.certifiedSeq !== null) {
          // What is final is not computed again.
          standings.push(standingsOf(shown(board), definition.ties));
          continue;
        }
        const rows = [...scoresAfter(compiled, subjects, day)].map(([subjectId, score]) => {
          return { ...score, challengeId: id, subjectId, label: labels.get(subjectId) ?? '' };
        });
        standings.push(standingsOf(shown(rows), definition.ties));
      }
      const named = board.map(({ subjectId, type, label }) => ({ type, id: subjectId, label }));
      return { days, subjects: named, standings };
    });
  }

  /** What everybody's scores are made of; for one that is over, of its last turn. */
  private async subjects(
    tx: Tx,
    organisationId: string,
    { challenge, row }: Found,
    board: readonly scores.NamedScore[],
  ): Promise<Map<string, Facts>> {
    const joined = await this.lineups.joinStored(tx, organisationId, challenge);
    const now = await present(tx, organisationId);
    const last = await lastTurn(tx, organisationId, row, now.seq);
    const reader = last < now.seq ? totalsAt(this.measures, joined.compiled, last) : this.measures;
    const ids = board.map(({ subjectId }) => subjectId);
    const totals = await subjectTotals(reader, tx, organisationId, joined, ids);
    return new Map(ids.map((one) => [one, factsOf(joined, one, (text) => totals(one, text))]));
  }
}
