import { Inject, Injectable } from '@nestjs/common';
import { addDays, type Day } from '@palmares/shared/time/day';
import type { Logger } from 'pino';
import { IntakeService } from '../intake/intake.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER } from '../platform/platform.module.js';
import { at, mondayOf } from './demo-calendar.js';
import type { Cast } from './demo-cast.js';
import { challengesOf } from './demo-challenges.js';
import type { DemoEntry } from './demo-deal.js';
import { DemoEvents, giftsOf } from './demo-events.js';
import { DemoFounder } from './demo-founder.js';
import { historyFrom, type DemoPlan } from './demo-roster.js';
import { yearOf } from './demo-year.js';
import * as store from './demo.store.js';

/** Something that happened, and when; it may be told twice. */
interface Step {
  at: Date;
  tell: (cast: Cast) => Promise<unknown>;
}

/** The last weeks are recorded day by day, as a ranking over time is made of days. */
const DAILY_DAYS = 45;
const BATCH = 5_000;

const inTime = (a: Step, b: Step) => a.at.getTime() - b.at.getTime();

/** Tells the past of the demo in its own time, step by step; whoever breaks off goes on later. */
@Injectable()
export class DemoStory {
  /** How many steps a story has; a year is not made up for each look at it. */
  private counted: { organisationId: string; steps: number } | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly founder: DemoFounder,
    private readonly events: DemoEvents,
    private readonly intake: IntakeService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Tells what has not been told yet.
   * @param going called before each step; false breaks the story off
   */
  async tell(
    { organisationId, step: begun }: store.DemoRow,
    plan: DemoPlan,
    going: (told: number) => boolean,
  ): Promise<boolean> {
    const steps = this.steps(organisationId, plan);
    let cast = await this.founder.cast(organisationId);
    for (const [index, step] of steps.entries()) {
      if (index < (begun ?? 0)) continue;
      if (!going(index / steps.length)) return false;
      await this.clock.during(step.at, () => step.tell(cast));
      if (index < FOUNDING) cast = await this.founder.cast(organisationId);
      const last = index === steps.length - 1;
      await this.keep(organisationId, last ? null : index + 1, plan.day);
      if (index % 25 === 0) {
        this.logger.info({ told: `${Math.round((100 * index) / steps.length)} %` }, 'demo');
      }
    }
    return true;
  }

  /** How much of it is told, as a share. */
  toldOf({ organisationId, step }: store.DemoRow, plan: DemoPlan): number {
    if (step === null) return 1;
    if (this.counted?.organisationId !== organisationId) {
      this.counted = { organisationId, steps: this.steps(organisationId, plan).length };
    }
    return step / this.counted.steps;
  }

  /** What the source has sent since the last day that is recorded, when the server was away. */
  async catchUp({ organisationId, until }: store.DemoRow, plan: DemoPlan): Promise<Day> {
    const now = this.clock.now();
    const today = at(plan.day, '12:00') > now ? plan.day : now.toISOString().slice(0, 10);
    const missed = yearOf(plan, { day: today, now }).filter(({ sentOn }) => sentOn > until);
    await this.record(organisationId, missed);
    await this.keep(organisationId, null, today);
    return today;
  }

  private keep(organisationId: string, step: number | null, until: Day): Promise<void> {
    return this.database.transaction((tx) => store.keepStep(tx, organisationId, step, until));
  }

  private steps(organisationId: string, plan: DemoPlan): Step[] {
    const first = at(historyFrom(plan), '06:00');
    const now = this.clock.now();
    const entries = yearOf(plan, { day: plan.day, now });
    const founding: Step[] = [
      { at: first, tell: () => this.founder.found(organisationId, plan) },
      { at: now, tell: () => this.founder.letIn(organisationId) },
      { at: first, tell: () => this.founder.expect(organisationId, plan) },
    ];
    const told = [...this.sent(organisationId, plan, entries), ...this.happened(plan, entries)];
    return [...founding, ...told.toSorted(inTime)];
  }

  private sent(organisationId: string, plan: DemoPlan, entries: readonly DemoEntry[]): Step[] {
    const daily = addDays(plan.day, -DAILY_DAYS);
    const groups = new Map<Day, DemoEntry[]>();
    for (const entry of entries) {
      const { sentOn } = entry;
      // A week is sent on its last day, up to which everything has happened.
      const week = addDays(mondayOf(sentOn), 6);
      const on = sentOn >= daily || week >= daily ? sentOn : week;
      const group = groups.get(on);
      if (group) group.push(entry);
      else groups.set(on, [entry]);
    }
    const now = this.clock.now();
    return [...groups].map(([day, group]) => {
      const evening = at(day, '19:30');
      const tell = () => this.record(organisationId, group);
      return { at: evening < now ? evening : now, tell };
    });
  }

  private happened(plan: DemoPlan, entries: readonly DemoEntry[]): Step[] {
    const { events } = this;
    const now = this.clock.now();
    const morning = (day: Day, time = '08:00') => {
      const then = at(day, time);
      return then < now ? then : now;
    };
    const first = historyFrom(plan);
    const told = challengesOf(plan).flatMap((challenge): Step[] => {
      const { launchedOn, certifiedOn, disputed } = challenge;
      if (!launchedOn) return [{ at: now, tell: (cast) => events.draft(cast, challenge) }];
      const launched = launchedOn < first ? first : launchedOn;
      const read = morning(addDays(launched, 2), '10:00');
      const report = morning(addDays(plan.day, -1), '10:30');
      return [
        { at: morning(launched), tell: (cast) => events.launch(cast, challenge) },
        { at: read, tell: (cast) => events.acknowledge(cast, plan, challenge) },
        ...(disputed
          ? [{ at: report, tell: (cast: Cast) => events.dispute(cast, plan, challenge, entries) }]
          : []),
        ...(certifiedOn
          ? [{ at: morning(certifiedOn), tell: (cast: Cast) => events.certify(cast, challenge) }]
          : []),
      ];
    });
    const gifts = giftsOf(plan).flatMap((gift): Step[] => {
      if (gift.on <= first) return [];
      const gone = morning(gift.expiresOn, '06:00');
      return [
        { at: morning(gift.on), tell: (cast) => events.thank(cast, plan, gift) },
        { at: gone, tell: () => events.expire() },
      ];
    });
    return [...told, ...gifts];
  }

  private async record(organisationId: string, entries: readonly DemoEntry[]): Promise<void> {
    for (let index = 0; index < entries.length; index += BATCH) {
      const activities = entries.slice(index, index + BATCH).map(({ activity }) => activity);
      const receipt = await this.intake.record(organisationId, { mode: 'partial', activities });
      if (receipt.refused.length > 0) {
        this.logger.warn({ refused: receipt.refused.slice(0, 3) }, 'the demo was refused');
      }
    }
  }
}

/** The first steps make people, whom the others name. */
const FOUNDING = 3;
