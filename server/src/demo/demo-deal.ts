import { addDays, type Day } from '@palmares/shared/time/day';
import type { Chance } from './chance.js';
import { at } from './demo-calendar.js';
import { demoAgencies, demoRegions } from './demo-people.js';
import { agencyOn, repId, type DemoRep } from './demo-roster.js';
import { amountOf, customerOf, linesOf, originOf, type Line } from './demo-trade.js';

/** An activity as it is posted, and the day on which the source sends it. */
export interface DemoEntry {
  sentOn: Day;
  activity: Record<string, unknown> & { externalId: string; type: string; occurredAt: string };
}

export const SOURCE = 'crm';

/** What deals of one salesperson grow from. */
export interface Desk {
  rep: DemoRep;
  /** The next day from this one on which the rep works; undefined when there is none soon. */
  workday: (day: Day) => Day | undefined;
  /** Who may share a sale. */
  colleagues: readonly number[];
  /** Customers who have bought, and may again. */
  customers: string[];
}

/** A time of the working day. */
export function timeOf(chance: Chance, day: Day): string {
  const minutes = 8 * 60 + 30 + Math.floor(chance.next() * 9.5 * 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return at(day, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`).toISOString();
}

/** Where somebody sells on a day. */
export function placeOf(rep: DemoRep, day: Day) {
  const { town, region } = demoAgencies[agencyOn(rep, day)] ?? demoAgencies[0];
  return { site: town, region: demoRegions[region].label };
}

/** One deal from its lead to its end, or as far as it got. */
export class Deal {
  readonly entries: DemoEntry[] = [];
  private readonly origin;
  private readonly customer: string;
  private day: Day | undefined;
  private openedAt: string | undefined;

  constructor(
    private readonly chance: Chance,
    private readonly desk: Desk,
    private readonly item: string,
    begin: Day,
  ) {
    this.day = begin;
    this.origin = originOf(chance);
    const again = desk.customers.length > 3 && chance.happens(0.24);
    const { site } = placeOf(desk.rep, begin);
    this.customer = again
      ? chance.pick(desk.customers)
      : customerOf(chance, this.origin.segment, site);
  }

  /** From the first contact on. */
  fromLead(): DemoEntry[] {
    const { chance } = this;
    const { strength } = this.desk.rep;
    this.note('lead.created');
    if (!this.later(0, 4, 0.78)) return this.entries;
    this.note('lead.qualified');
    if (!this.later(1, 9, 0.8)) return this.entries;
    this.note(chance.happens(0.25) ? 'visit.prospect' : 'visit.done');
    if (!this.later(1, 6, 0.84)) return this.entries;
    this.open();
    if (chance.happens(0.62) && this.later(3, 11, 1)) this.note('offer.followed-up');
    const wins = Math.min(0.7, 0.36 + 0.14 * strength);
    if (this.later(3, 22, 0.9)) {
      if (chance.happens(wins)) this.win();
      else this.note('deal.lost');
    }
    return this.entries;
  }

  /** Somebody who calls because they know what they want. */
  direct(): DemoEntry[] {
    this.open();
    if (this.later(0, 7, 1)) this.win();
    return this.entries;
  }

  private open(): void {
    const amount = String(amountOf(linesOf(this.chance)));
    this.note('offer.sent', { amount });
    this.openedAt = this.entries.at(-1)?.activity.occurredAt;
    this.note('deal.opened', { amount }, this.openedAt);
  }

  private win(): void {
    const { chance, desk } = this;
    const lines = linesOf(chance);
    const shared = desk.colleagues.length > 0 && chance.happens(0.06);
    const colleague = { externalId: repId(chance.pick(shared ? desk.colleagues : [0])) };
    const shares = [
      { member: { externalId: desk.rep.externalId }, weight: '0.6' },
      { member: colleague, weight: '0.4' },
    ];
    const won = this.note('deal.won', {
      lines,
      openedAt: this.openedAt,
      ...(shared && { shares, member: undefined }),
    });
    desk.customers.push(this.customer);
    this.amend(won, lines);
    if (this.origin.campaign && chance.happens(0.25)) {
      this.note('cost.recorded', { amount: String(chance.between(4, 22) * 10) });
    }
    if (chance.happens(0.3)) this.survey();
    if (chance.happens(0.035)) this.refund(amountOf(lines));
  }

  /** Late, put right or taken back: sources are like that. */
  private amend(won: DemoEntry, lines: readonly Line[]): void {
    const { chance } = this;
    const fate = chance.next();
    const sent = addDays(won.sentOn, chance.between(1, 8));
    if (fate < 0.06) won.sentOn = sent;
    else if (fate < 0.09) {
      const first = lines[0];
      const amount = String(Math.round(Number(first?.amount ?? 0) * 0.9));
      const right = lines.map((line) => (line === first ? { ...line, amount } : line));
      const activity = { ...won.activity, version: 2, lines: right };
      this.entries.push({ sentOn: sent, activity });
    } else if (fate < 0.1) {
      this.entries.push({ sentOn: sent, activity: { ...won.activity, version: 2, void: true } });
    }
  }

  private refund(amount: number): void {
    if (!this.later(8, 40, 1)) return;
    const part = this.chance.happens(0.5) ? amount : Math.round(amount * 0.3);
    this.note('sale.refunded', { amount: String(part) });
  }

  private survey(): void {
    const wonOn = this.day;
    const score = Math.min(10, this.chance.between(5, 12));
    if (this.later(5, 20, 1)) this.note('survey.nps', { quantity: score });
    this.day = wonOn;
  }

  /** Goes on some days later, if it goes on at all. */
  private later(from: number, to: number, probability: number): boolean {
    const { chance, desk } = this;
    const wait = chance.between(from, to);
    const goes = chance.happens(probability);
    this.day = this.day && goes ? desk.workday(addDays(this.day, wait)) : undefined;
    return this.day !== undefined;
  }

  private note(type: string, more: object = {}, occurredAt?: string): DemoEntry {
    const day = this.day ?? '';
    const entry = {
      sentOn: day,
      activity: {
        source: SOURCE,
        externalId: `${this.item}#${type}`,
        version: 1,
        item: this.item,
        type,
        member: { externalId: this.desk.rep.externalId },
        occurredAt: occurredAt ?? timeOf(this.chance, day),
        customer: this.customer,
        ...this.origin,
        ...placeOf(this.desk.rep, day),
        ...more,
      },
    };
    this.entries.push(entry);
    return entry;
  }
}
