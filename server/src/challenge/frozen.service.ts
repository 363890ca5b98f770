import { Injectable } from '@nestjs/common';
import { Attendance } from '@palmares/shared/challenge/attendance';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { compileChallenge } from '@palmares/shared/challenge/compile';
import { Book } from '@palmares/shared/challenge/have';
import { Lineup, composedTotals } from '@palmares/shared/challenge/lineup';
import { ruleTypeOf, type Rule } from '@palmares/shared/challenge/rules/registry';
import { shownExact } from '@palmares/shared/quantity/exact';
import type { Day } from '@palmares/shared/time/day';
import { comparedPeriod, rangeOf } from '@palmares/shared/time/period';
import { MeasureService } from '../kpi/measure.service.js';
import { PeopleService } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import { TargetService } from '../target/target.service.js';
import type { Tx } from '../platform/database.js';
import * as store from './frozen.store.js';
import { factsOfTeam, frozenKey } from './scoring.js';

/** Numbers of subjects, by rule and subject. */
export type FrozenNumbers = ReadonlyMap<string, number>;

/** What a challenge keeps of its subjects from the moment they enter: their baselines and targets. */
@Injectable()
export class FrozenService {
  constructor(
    private readonly measures: MeasureService,
    private readonly aims: TargetService,
    private readonly people: PeopleService,
  ) {}

  /** What every challenge of the organisation keeps, or a single one, by challenge. */
  async list(tx: Tx, organisationId: string, only?: string): Promise<Map<string, FrozenNumbers>> {
    const found = new Map<string, Map<string, number>>();
    const rows = await store.list(tx, organisationId, only);
    for (const { challengeId, rule, subjectId, value } of rows) {
      const known = found.get(challengeId) ?? new Map<string, number>();
      found.set(challengeId, known.set(frozenKey(rule, subjectId), value));
    }
    return found;
  }

  /** Lets go of what a challenge keeps: an amendment freezes it anew. */
  async forget(tx: Tx, turn: Turn, challengeId: string): Promise<void> {
    await store.remove(tx, turn, challengeId);
  }

  /** Freezes what the rules compare with, for subjects who enter; answers what it has found. */
  async freeze(
    tx: Tx,
    turn: Turn,
    challengeId: string,
    definition: ChallengeDefinition,
    subjectIds: readonly string[],
  ): Promise<FrozenNumbers> {
    const rows: store.FrozenRow[] = [];
    for (const [index, rule] of definition.rules.entries()) {
      const { freezes } = ruleTypeOf(rule);
      if (!freezes) continue;
      const values =
        freezes === 'baseline'
          ? await this.baselines(tx, turn, definition, rule, subjectIds)
          : await this.targets(tx, turn, definition, rule, subjectIds);
      rows.push(...values.map((one) => ({ rule: index, ...one })));
    }
    await store.keep(tx, turn, challengeId, rows);
    return new Map(rows.map(({ rule, subjectId, value }) => [frozenKey(rule, subjectId), value]));
  }

  /** The target of each subject over the window; who has none gets none later. */
  private async targets(
    tx: Tx,
    turn: Turn,
    window: ChallengeDefinition,
    { kpi }: Rule,
    subjectIds: readonly string[],
  ) {
    const { organisationId } = turn;
    const { audience } = window;
    const found =
      audience.kind === 'teams'
        ? await this.aims.ofTeams(tx, organisationId, kpi, window, subjectIds)
        : await this.aims.ofMembers(
            tx,
            organisationId,
            kpi,
            window,
            audience.kind === 'team-members'
              ? await this.daysIn(tx, turn, window, audience.teamIds)
              : undefined,
          );
    return subjectIds.flatMap((subjectId) => {
      const value = found.get(subjectId);
      return value === undefined ? [] : [{ subjectId, value }];
    });
  }

  /** The days on which members belong to some teams, as is known when they enter. */
  private async daysIn(
    tx: Tx,
    { organisationId }: Turn,
    window: ChallengeDefinition,
    teamIds: readonly string[],
  ) {
    const people = await this.people.everybody(tx, organisationId);
    const attendance = Attendance.of(people, window, teamIds, []);
    return (memberId: string) => attendance.membersOf(memberId);
  }

  /** What each subject had of a rule's KPI in the period that it compares with. */
  private async baselines(
    tx: Tx,
    turn: Turn,
    definition: ChallengeDefinition,
    rule: Rule,
    subjectIds: readonly string[],
  ) {
    const since = 'since' in rule ? rule.since : 'previous';
    const { from, to } = comparedPeriod(rangeOf(definition), since);
    const earlier = compileChallenge({ ...definition, from, to, rules: [rule] });
    const [compiled] = earlier.rules;
    if (!compiled) return [];
    const totals = await this.measures.replay(tx, turn.organisationId, earlier.measures);
    const lineup = await this.earlierLineup(tx, turn, definition, earlier);
    return subjectIds.map((subjectId) => {
      const own = lineup && composedTotals(lineup, subjectId, earlier.measures, totals);
      const book = new Book(earlier, {
        totalsOf: (measure) => (own ? own.get(measure) : totals(subjectId, measure)),
        ...(lineup && factsOfTeam(lineup, earlier, subjectId)),
      });
      // A baseline is a number that people are told: of a team by head it is rounded here.
      return { subjectId, value: shownExact(book.have(compiled, 0, to).total('all')) };
    });
  }

  /** Who was in which team in the period that is compared with; undefined for members. */
  private async earlierLineup(
    tx: Tx,
    { organisationId }: Turn,
    { audience, observers }: ChallengeDefinition,
    earlier: { from: Day; to: Day },
  ): Promise<Lineup | undefined> {
    if (audience.kind !== 'teams') return undefined;
    return new Lineup(await this.people.everybody(tx, organisationId), earlier, observers);
  }
}
