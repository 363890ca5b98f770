import { randomInt } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { localDay, type Day } from '@palmares/shared/time/day';
import type { Logger } from 'pino';
import { IntakeService } from '../intake/intake.service.js';
import { Clock } from '../platform/clock.js';
import { LOGGER } from '../platform/platform.module.js';
import { Chance } from './chance.js';
import { placeOf } from './demo-deal.js';
import { rosterOf, type DemoPlan, type DemoRep } from './demo-roster.js';
import { amountOf, customerOf, linesOf, originOf } from './demo-trade.js';

/** Something every two to seven seconds at first: a board that breathes. */
const PAUSE_MS = [2_000, 7_000] as const;
/** A demo that nobody has looked at for an hour is in no hurry. */
const CALM_MS = 600_000;
const CALM_MOST = 12;

type Live = Record<string, unknown> & { externalId: string; type: string };

/** What else happens than sales, up to a throw of the dice. */
const TYPES = [
  [0.42, 'deal.won'],
  [0.56, 'offer.sent'],
  [0.7, 'visit.done'],
  [0.86, 'lead.created'],
  [0.94, 'call.made'],
  [0.97, 'sale.refunded'],
  [1, 'correction'],
] as const;

/** Keeps the boards moving while the server runs, gently, and more slowly as time goes by. */
@Injectable()
export class DemoSimulator implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** Counts the beginnings: what an earlier one has under way sells no more. */
  private run = 0;
  private begun = 0;
  private count = 0;
  private last: Live | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly intake: IntakeService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @param before called before each activity: a month may be over; false when there is no demo */
  begin(organisationId: string, plan: DemoPlan, before: () => Promise<boolean>): void {
    this.stop();
    const { run } = this;
    this.begun = this.clock.now().getTime();
    this.count = 0;
    const roster = rosterOf(plan).filter(({ leftOn }) => leftOn === null);
    const work = async () => {
      try {
        if (!(await before())) return this.plan(work, run);
        if (run !== this.run) return;
        const activities = [this.next(plan.seed, roster)];
        await this.intake.record(organisationId, { mode: 'partial', activities });
      } catch (error) {
        if (!this.closed) this.logger.warn({ err: error }, 'the demo could not go on');
      }
      this.plan(work, run);
    };
    this.plan(work, run);
  }

  /** Sells no more, until it begins again. */
  stop(): void {
    this.run += 1;
    clearTimeout(this.timer);
  }

  onApplicationShutdown(): void {
    this.closed = true;
    this.stop();
  }

  private plan(work: () => Promise<void>, run: number): void {
    if (this.closed || run !== this.run) return;
    const ran = this.clock.now().getTime() - this.begun;
    const slower = Math.min(CALM_MOST, 1 + ran / CALM_MS);
    this.timer = setTimeout(() => void work(), randomInt(...PAUSE_MS) * slower);
  }

  /** The first one is a sale, so that whoever comes sees something move. */
  private next(seed: number, roster: readonly DemoRep[]): Live {
    const now = this.clock.now();
    const today = localDay('Europe/Paris')(now.getTime());
    const chance = new Chance(seed, 'live', this.begun, this.count);
    const throwOf = this.count === 0 ? 0 : chance.next();
    this.count += 1;
    const type = TYPES.find(([most]) => throwOf < most)?.[1] ?? 'deal.won';
    const { last } = this;
    if (last && type === 'correction') return this.corrected(chance, last);
    const occurredAt = now.toISOString();
    if (last && type === 'sale.refunded') {
      this.last = undefined;
      const externalId = `${last.externalId}#refund`;
      return { ...last, externalId, type, occurredAt, lines: undefined, amount: '120' };
    }
    const known = type === 'correction' || type === 'sale.refunded' ? 'deal.won' : type;
    const made = liveOf(chance, seller(chance, roster), { type: known, occurredAt, today });
    if (known === 'deal.won') this.last = made;
    return made;
  }

  private corrected(chance: Chance, last: Live): Live {
    const version = Number(last['version']) + 1;
    this.last = { ...last, version, lines: linesOf(chance) };
    return this.last;
  }
}

/** Some sell more than others, and keep doing so. */
function seller(chance: Chance, roster: readonly DemoRep[]): DemoRep {
  let rest = chance.next() * roster.reduce((sum, { strength }) => sum + strength, 0);
  const found = roster.find(({ strength }) => (rest -= strength) < 0) ?? roster[0];
  if (!found) throw new Error('nobody sells');
  return found;
}

function liveOf(
  chance: Chance,
  rep: DemoRep,
  { type, occurredAt, today }: { type: string; occurredAt: string; today: Day },
): Live {
  const origin = originOf(chance);
  const place = placeOf(rep, today);
  const lines = linesOf(chance);
  const id = `live-${occurredAt}`;
  const sold = { lines };
  const offered = { amount: String(amountOf(lines)) };
  return {
    source: 'crm',
    externalId: id,
    version: 1,
    item: id,
    type,
    occurredAt,
    member: { externalId: rep.externalId },
    customer: customerOf(chance, origin.segment, place.site),
    ...origin,
    ...place,
    ...(type === 'deal.won' ? sold : type === 'offer.sent' ? offered : {}),
  };
}
