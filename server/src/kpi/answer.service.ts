import { Injectable } from '@nestjs/common';
import type {
  ResultAnswer,
  ResultQuery,
  TrendAnswer,
  TrendQuery,
} from '@palmares/shared/kpi/answer';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import type { Derivation, Kpi } from '@palmares/shared/kpi/kpi';
import type { Fraction } from '@palmares/shared/quantity/fraction';
import type { Filters } from '@palmares/shared/kpi/measure';
import { changeOf, ranked, written, writtenFigure, type Figure } from '@palmares/shared/kpi/result';
import type { Day } from '@palmares/shared/time/day';
import {
  comparedPeriod,
  parsePeriod,
  previousPeriod,
  type Period,
} from '@palmares/shared/time/period';
import type { Caller } from '../auth/caller.js';
import { ProblemError, tooLarge } from '../http/problem-error.js';
import { Database, type Tx } from '../platform/database.js';
import { PeopleService } from '../people/people.service.js';
import { KpiService } from './kpi.service.js';
import { ResultService, type Figures, type Question, type Sight } from './result.service.js';

/** What a derived KPI is computed from. */
export interface Derived {
  tx: Tx;
  of: Kpi;
  period: Period;
  question: Question;
  sight: Sight;
  /** The results of the KPI that it is derived from, in a period. */
  actual: (period: Period, sight?: Sight) => Promise<Figures>;
}

/** What more may be said of a derived figure: whether it is too early to rely on it. */
export interface Early {
  early?: boolean;
  /** The value over the target, where there is one. */
  ofTarget?: Fraction | null;
}

export type Deriver = (derived: Derived) => Promise<Figures<Early>>;

/** Asks for figures of a period: of a KPI itself, or of what is derived from another. */
type Ask = (period: Period) => Promise<Figures<Early>>;

@Injectable()
export class AnswerService {
  private readonly derivers = new Map<Derivation, Deriver>();

  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly kpis: KpiService,
    private readonly figures: ResultService,
  ) {}

  /** Whoever computes a derived KPI says so here, once, when constructed. */
  derive(derivation: Derivation, deriver: Deriver): void {
    this.derivers.set(derivation, deriver);
  }

  /** Problems: `not-found`, `forbidden`, `kpi-unknown`, `invalid`, `total-too-large`. */
  async results(caller: Caller, code: string, query: ResultQuery): Promise<ResultAnswer> {
    return this.looking(caller, async (tx, today) => {
      const kpi = await this.kpis.find(tx, caller.organisationId, code);
      return this.answer(tx, { caller, today }, kpi, query);
    });
  }

  /** The same for a definition that is not saved. */
  async preview(caller: Caller, kpi: Kpi, query: ResultQuery): Promise<ResultAnswer> {
    return this.looking(caller, (tx, today) => this.answer(tx, { caller, today }, kpi, query));
  }

  /** The total of a period and of those before it. Problems: as `results`. */
  async trend(caller: Caller, code: string, query: TrendQuery): Promise<TrendAnswer> {
    return this.looking(caller, async (tx, today) => {
      const kpi = await this.kpis.find(tx, caller.organisationId, code);
      const { period, of, steps, member, team, ...labels } = query;
      const who = { caller, today, memberIds: member, teamIds: team };
      const question = { ...who, period, by: 'member', filters: filtersOf(labels) } as const;
      const { ask, ofUnit, unit } = await this.asking(tx, kpi, question, of);
      const points: TrendAnswer['points'] = [];
      for (let one = period; points.length < steps; one = previousPeriod(one)) {
        const { total } = await ask(one);
        points.unshift({ period: one.text, ...writtenFigure({ ...kpi, unit }, total, ofUnit) });
      }
      return { kpi: kpi.code, unit, points };
    });
  }

  /** What the KPI is today, in the month that is running. Problems: `not-found`. */
  async today(caller: Caller, code: string) {
    return this.looking(caller, async (tx, today) => {
      const kpi = await this.kpis.find(tx, caller.organisationId, code);
      const period = parsePeriod(today.slice(0, 7)) as Period;
      const question = { caller, today, period, by: 'member', filters: {} } as const;
      const { ask, ofUnit } = await this.asking(tx, kpi, question);
      const { total } = await ask(period);
      return { period: period.text, ...writtenFigure(kpi, total, ofUnit) };
    });
  }

  /** One look at the database; the day is known before, so that nobody waits for two of it. */
  private async looking<Answer>(
    { organisationId }: Caller,
    work: (tx: Tx, today: Day) => Promise<Answer>,
  ): Promise<Answer> {
    const today = await this.people.today(organisationId);
    return this.database.snapshot((tx) => work(tx, today)).catch(tooLarge);
  }

  private async answer(
    tx: Tx,
    who: Pick<Question, 'caller' | 'today'>,
    kpi: Kpi,
    query: ResultQuery,
  ): Promise<ResultAnswer> {
    const { period, by, compare, of, limit, cursor, member, team, ...labels } = query;
    const filters = filtersOf(labels);
    const question = { ...who, period, by, filters, memberIds: member, teamIds: team };
    const { ask, ofUnit, sight, direction, unit } = await this.asking(tx, kpi, question, of);
    const { subjects, total } = await ask(period);
    const earlier = compare && comparedPeriod(period, compare);
    const before = earlier && (await ask(earlier));
    const shown = { ...kpi, unit };
    const beside = (figure: Figure, past: Figure | undefined) => {
      if (!earlier) return null;
      const change = changeOf(figure, past ?? { value: null, reason: null });
      return {
        period: earlier.text,
        value: written(past?.value ?? null, unit),
        reason: past ? past.reason : ('no-history' as const),
        change: { ...change, value: written(change.value, 'rate') as number | null },
      };
    };
    const pastOf = new Map(before?.subjects.map(({ id, figure }) => [id, figure]));
    const from = Number(cursor ?? 0);
    const rows = ranked(subjects, direction);
    const page = rows.slice(from, from + limit);
    return {
      kpi: kpi.code,
      unit,
      period: period.text,
      from: period.from,
      to: period.to,
      by,
      mature: this.figures.mature(kpi, period, sight.today),
      rows: page.map(({ id, label, figure, rank, ...early }) => ({
        subject: { type: by, id: id || null, label },
        rank,
        ...writtenFigure(shown, figure, ofUnit),
        ...writtenEarly(early),
        compare: beside(figure, pastOf.get(id)),
      })),
      total: {
        ...writtenFigure(shown, total, ofUnit),
        ...writtenEarly(total),
        compare: beside(total, before?.total),
      },
      nextCursor: from + limit < rows.length ? String(from + limit) : null,
    };
  }

  /** How to ask for figures of a KPI, whether or not it is derived from another one. */
  private async asking(tx: Tx, kpi: Kpi, question: Question, of?: string) {
    const { caller, filters } = question;
    const sight = await this.figures.sight(tx, question);
    const plain = { sight, direction: kpi.direction, unit: kpi.unit, ofUnit: undefined };
    const { derives } = kpi;
    if (!derives) {
      const ask: Ask = (period) => this.figures.figures(tx, kpi, period, filters, sight);
      return { ...plain, ask };
    }
    const deriver = this.derivers.get(derives);
    const base = of === undefined ? kpi : await this.kpis.known(tx, caller.organisationId, of);
    if (!base || (of !== undefined && base.derives)) throw new ProblemError('kpi-unknown', of);
    if (!deriver || !['member', 'team'].includes(question.by)) {
      const detail = 'by member or by team';
      throw new ProblemError('invalid', undefined, [{ parameter: 'by', detail }]);
    }
    const known = catalogue.get('revenue') as Kpi;
    const actual = of === undefined ? known : base;
    const ask: Ask = (period) =>
      deriver({
        tx,
        of: actual,
        period,
        question,
        sight,
        actual: (other, looking = sight) =>
          this.figures.figures(tx, actual, other, filters, looking),
      });
    const isLanding = derives === 'landing';
    return {
      sight,
      ask,
      ofUnit: actual.unit,
      direction: isLanding ? actual.direction : kpi.direction,
      unit: isLanding ? actual.unit : kpi.unit,
    };
  }
}

/** The filters that are named. */
export const filtersOf = (labels: object): Filters =>
  Object.fromEntries(Object.entries(labels).filter(([, values]) => values !== undefined));

function writtenEarly({ early, ofTarget }: Early) {
  return {
    ...(early === undefined ? {} : { early }),
    ...(ofTarget === undefined ? {} : { ofTarget: written(ofTarget, 'rate') as number | null }),
  };
}
