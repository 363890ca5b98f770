import { Injectable } from '@nestjs/common';
import type { Race } from '@palmares/shared/board/race';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Caller } from '../auth/caller.js';
import { ChallengeService } from '../challenge/challenge.service.js';
import { RaceService, type Course } from '../challenge/race.service.js';
import type { Sight } from '../challenge/sight.js';
import { SightService } from '../challenge/sight.service.js';
import { Database } from '../platform/database.js';

@Injectable()
export class RaceViewService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengeService,
    private readonly sights: SightService,
    private readonly races: RaceService,
  ) {}

  /** The race of the best and of the caller. Problems: `not-found`. */
  async race(caller: Caller, challengeId: string, top: number): Promise<Race> {
    const course = await this.races.course(caller.organisationId, challengeId);
    const last = course.standings.at(-1) ?? [];
    const sight = await this.sight(caller, challengeId);
    const { own } = sight.viewer;
    const ids = last
      .filter(({ subjectId }, index) => index < top || own.includes(subjectId))
      .map(({ subjectId }) => subjectId);
    const names = sight.namesIn(last);
    const lines = linesOf(course, ids, own).map(({ subject, ...line }) => {
      const { id, label } = sight.subject(names, subject.id, subject.label);
      return { ...line, subject: { type: subject.type, id, label } };
    });
    return { challengeId, days: course.days, lines };
  }

  private sight(caller: Caller, challengeId: string): Promise<Sight> {
    return this.database.read(async (tx) => {
      const found = await this.challenges.find(tx, caller.organisationId, challengeId);
      return this.sights.found(tx, caller, found);
    });
  }
}

function linesOf(course: Course, ids: readonly string[], own: readonly string[]): Race['lines'] {
  const byDay = course.standings.map(
    (rows) => new Map(rows.map((row) => [row.subjectId, row] as const)),
  );
  const subjects = new Map(course.subjects.map((subject) => [subject.id, subject]));
  return ids.flatMap((id) => {
    const subject = subjects.get(id);
    if (!subject) return [];
    const standings = byDay.map((rows) => rows.get(id));
    const ranks = standings.map((row) => row?.rank ?? null);
    const scores = standings.map((row) => (row ? formatScaled(row.score) : null));
    return [{ subject, me: own.includes(id), ranks, scores }];
  });
}
