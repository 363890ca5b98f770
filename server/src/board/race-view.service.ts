import { Injectable } from '@nestjs/common';
import type { Race } from '@palmares/shared/board/race';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Caller } from '../auth/caller.js';
import { RaceService, type Course } from '../challenge/race.service.js';

@Injectable()
export class RaceViewService {
  constructor(private readonly races: RaceService) {}

  /** The race of the best and of the caller. Problems: `not-found`. */
  async race(caller: Caller, challengeId: string, top: number): Promise<Race> {
    const course = await this.races.course(caller.organisationId, challengeId);
    const own = caller.kind === 'member' ? caller.memberId : undefined;
    const last = course.standings.at(-1) ?? [];
    const ids = last
      .filter(({ subjectId }, index) => index < top || subjectId === own)
      .map(({ subjectId }) => subjectId);
    return { challengeId, days: course.days, lines: linesOf(course, ids, own) };
  }
}

function linesOf(course: Course, ids: readonly string[], own: string | undefined): Race['lines'] {
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
    return [{ subject, me: id === own, ranks, scores }];
  });
}
