import { Injectable } from '@nestjs/common';
import type { Haves } from '@palmares/shared/challenge/gap';
import { Book } from '@palmares/shared/challenge/have';
import { ruleTypeOf } from '@palmares/shared/challenge/rules/registry';
import { shownExact } from '@palmares/shared/quantity/exact';
import { MeasureService } from '../kpi/measure.service.js';
import { Database } from '../platform/database.js';
import { LineupService } from './lineup.service.js';
import { factsOf, type RunningChallenge } from './scoring.js';
import { subjectTotals } from './subject-totals.js';

/** What subjects have of what rules read: from there on the next step is counted. */
@Injectable()
export class HavesService {
  constructor(
    private readonly database: Database,
    private readonly lineups: LineupService,
    private readonly measures: MeasureService,
  ) {}

  /** By the place of the rule; null where the days of what it reads do not add up. */
  async of(organisationId: string, challenge: RunningChallenge, subjectId: string): Promise<Haves> {
    return this.database.read(async (tx) => {
      const joined = await this.lineups.joinStored(tx, organisationId, challenge);
      const totals = await subjectTotals(this.measures, tx, organisationId, joined, [subjectId]);
      const { compiled } = joined;
      const facts = factsOf(joined, subjectId, (text) => totals(subjectId, text));
      const book = new Book(compiled, facts);
      return compiled.rules.map((one, index) => {
        if (ruleTypeOf(one.rule).wants !== 'sums' || !one.readings.has('all')) return null;
        const have = book.have(one, index, compiled.to);
        return { total: shownExact(have.total('all')), frozen: have.frozen };
      });
    });
  }
}
