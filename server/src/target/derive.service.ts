import { Injectable } from '@nestjs/common';
import { addsUp } from '@palmares/shared/kpi/kpi';
import type { Figure } from '@palmares/shared/kpi/result';
import { membersOf, type MemberStretch } from '@palmares/shared/people/membership';
import { workCalendar, workingTime, type Presence } from '@palmares/shared/people/presence';
import { branchesOf } from '@palmares/shared/people/team';
import { over, plus, type Fraction } from '@palmares/shared/quantity/fraction';
import { attainment } from '@palmares/shared/target/attainment';
import { expected, isEarly, landing, type WorkingTime } from '@palmares/shared/target/landing';
import { addDays } from '@palmares/shared/time/day';
import { previousPeriod, type Window } from '@palmares/shared/time/period';
import { ProblemError } from '../http/problem-error.js';
import { AnswerService, type Derived, type Early } from '../kpi/answer.service.js';
import { ResultService, type Figures } from '../kpi/result.service.js';
import { TargetService } from './target.service.js';
import * as store from './target.store.js';

/** KPIs that are computed from another one with targets or with working time. */
@Injectable()
export class DeriveService {
  constructor(
    answers: AnswerService,
    private readonly results: ResultService,
    private readonly targets: TargetService,
  ) {
    answers.derive('attainment', (derived) => this.attainment(derived));
    answers.derive('landing', (derived) => this.landing(derived));
  }

  private async attainment(derived: Derived): Promise<Figures<Early>> {
    const { of, period, actual } = derived;
    const now = await actual(period);
    const before = of.direction === 'lower' ? await actual(previousPeriod(period)) : undefined;
    const pastOf = new Map(before?.subjects.map(({ id, figure }) => [id, figure]));
    const { aimOf, total } = await this.aims(derived, now);
    return {
      subjects: now.subjects.map((subject) => {
        const { id, figure } = subject;
        const aim = aimOf(id);
        return { ...subject, figure: attainment(of.direction, figure, aim, pastOf.get(id)) };
      }),
      total: attainment(of.direction, now.total, total, before?.total),
    };
  }

  /** What each subject, and all together, are to reach. */
  private async aims({ tx, of, period, sight, question }: Derived, now: Figures) {
    const { organisationId } = sight;
    const book = await this.targets.book(tx, organisationId, of.code, period, sight);
    const by = question.by === 'team' ? 'team' : 'member';
    const aimOf = (id: string) => (by === 'team' ? book.ofTeam(id) : book.ofMember(id))?.value;
    const ids = now.subjects.map(({ id }) => id);
    return { aimOf, total: book.total(by, ids, sight.view.seen.length > 0) };
  }

  private async landing(derived: Derived): Promise<Figures<Early>> {
    const { tx, of, period, sight, question, actual } = derived;
    if (!addsUp(of)) {
      const detail = 'the days of this KPI do not add up';
      throw new ProblemError('invalid', undefined, [{ parameter: 'of', detail }]);
    }
    const now = await actual(period);
    const { aimOf, total: aim } = await this.aims(derived, now);
    const work = await Work.read(tx, sight.organisationId, period, sight.today);
    const everybody =
      question.by === 'member'
        ? now
        : await actual(period, await this.results.sight(tx, { ...question, by: 'member' }));
    const paces = everybody.subjects.map(({ id, figure }) => ({ id, figure, time: work.of(id) }));
    const teams = await this.results.teams(tx, sight.organisationId);
    const subjects = now.subjects.map((subject) => {
      const { id, figure } = subject;
      if (question.by === 'member')
        return { ...subject, ...landed(figure, [work.of(id)], aimOf(id)) };
      const stays = work.stays(branchesOf(teams, [id]));
      const parts = paces.flatMap((one) => {
        const own = stays.get(one.id);
        return own ? [{ figure: one.figure, time: work.of(one.id, own) }] : [];
      });
      return { ...subject, ...together(figure, parts, aimOf(id)) };
    });
    const { figure, ...more } = together(now.total, paces, aim);
    return { subjects, total: { ...figure, ...more } };
  }
}

type Landed = { figure: Figure } & Early;

const ofTarget = (value: Fraction | null, aim: Fraction | undefined) =>
  value && aim && aim.n !== 0n ? over(value, aim) : null;

/** Somebody's own landing; none while no day has been worked. */
function landed(figure: Figure, times: readonly [WorkingTime], aim: Fraction | undefined): Landed {
  const [time] = times;
  const early = isEarly(times);
  if (time.elapsed === 0 && time.remaining > 0) {
    return { figure: { ...figure, value: null, reason: 'no-denominator' }, early, ofTarget: null };
  }
  const value = figure.value && landing(figure.value, time);
  return { figure: { ...figure, value }, early, ofTarget: ofTarget(value, aim) };
}

/** What there is, and what each is expected to bring in the time that remains. */
function together(
  figure: Figure,
  parts: readonly { figure: Figure; time: WorkingTime }[],
  aim: Fraction | undefined,
): Landed {
  const early = isEarly(parts.map(({ time }) => time));
  const coming = parts.flatMap((part) =>
    part.figure.value ? expected(part.figure.value, part.time) : [],
  );
  const value = figure.value && coming.reduce(plus, figure.value);
  return { figure: { ...figure, value }, early, ofTarget: ofTarget(value, aim) };
}

/** Who works when in a period, before and after today. */
class Work {
  private constructor(
    private readonly presences: ReadonlyMap<string, Presence>,
    private readonly elapsed: ReturnType<typeof workCalendar>,
    private readonly remaining: ReturnType<typeof workCalendar>,
    readonly stays: (teamIds: ReadonlySet<string>) => Map<string, MemberStretch[]>,
  ) {}

  static async read(tx: Derived['tx'], organisationId: string, period: Window, today: string) {
    const { settings, of } = await store.presences(tx, organisationId, period);
    const memberships = await store.memberships(tx, organisationId, period);
    const cut = [addDays(today, 1), period.from, period.to].toSorted()[1] ?? period.to;
    return new Work(
      of,
      workCalendar(settings, { from: period.from, to: cut }),
      workCalendar(settings, { from: cut, to: period.to }),
      (teamIds) => {
        const found = new Map<string, MemberStretch[]>();
        for (const one of membersOf(
          teamIds,
          memberships.map((stay) => ({ ...stay })),
          period,
        )) {
          found.set(one.memberId, [...(found.get(one.memberId) ?? []), one]);
        }
        return found;
      },
    );
  }

  /** All the time worked so far; what remains, only on the days of some stretches where given. */
  of(memberId: string, stretches?: readonly MemberStretch[]): WorkingTime {
    const presence = this.presences.get(memberId);
    if (!presence) return { elapsed: 0, remaining: 0 };
    const elapsed = workingTime(this.elapsed, presence);
    if (!stretches) return { elapsed, remaining: workingTime(this.remaining, presence) };
    const remaining = stretches.map((stretch) =>
      workingTime(this.remaining, clipped(presence, stretch)),
    );
    return { elapsed, remaining: remaining.reduce((sum, time) => sum + time, 0) };
  }
}

function clipped(presence: Presence, { from, to }: MemberStretch): Presence {
  const { enteredOn, leftOn } = presence;
  return {
    ...presence,
    enteredOn: enteredOn !== null && enteredOn > from ? enteredOn : from,
    leftOn: leftOn === null || (to !== null && to < leftOn) ? to : leftOn,
  };
}
