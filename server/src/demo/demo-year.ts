import { addDays, type Day } from '@palmares/shared/time/day';
import { Chance } from './chance.js';
import { mondayOf, seasonOf } from './demo-calendar.js';
import { Deal, SOURCE, placeOf, timeOf, type DemoEntry, type Desk } from './demo-deal.js';
import { demoAgencies } from './demo-people.js';
import { agencyOn, historyFrom, rosterOf, workDays, type DemoPlan } from './demo-roster.js';
import { CAMPAIGNS } from './demo-trade.js';

/** What one rep of ordinary strength does on an ordinary working day. */
const DAILY = { leads: 0.42, direct: 0.17, calls: 0.4, meetings: 0.08, contacts: 0.15 };

/**
 * All that a sales force has done up to an instant, in the order in which the source sends it. The
 * same plan gives the same, and a later instant the same and what comes after.
 */
export function yearOf(plan: DemoPlan, until: { day: Day; now: Date }): DemoEntry[] {
  const roster = rosterOf(plan);
  const works = workDays(plan);
  const entries: DemoEntry[] = [];
  for (const rep of roster) {
    const workday = (day: Day) => {
      for (let count = 0; count < 30; count += 1) {
        if (works(rep, addDays(day, count))) return addDays(day, count);
      }
      return undefined;
    };
    const colleagues = roster.flatMap((one) =>
      one !== rep && one.leftOn === null && agencyOn(one, plan.day) === agencyOn(rep, plan.day)
        ? [one.index]
        : [],
    );
    const desk: Desk = { rep, workday, colleagues, customers: [] };
    for (let day = historyFrom(plan); day <= until.day; day = addDays(day, 1)) {
      if (works(rep, day)) entries.push(...dayOf(plan, desk, day));
    }
  }
  entries.push(...costsOf(plan, until.day));
  const known = until.now.toISOString();
  return entries
    .filter(({ sentOn, activity }) => sentOn <= until.day && activity.occurredAt <= known)
    .toSorted((a, b) => compare(a.sentOn, b.sentOn) || compare(keyOf(a), keyOf(b)));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const keyOf = ({ activity }: DemoEntry) => `${activity.occurredAt} ${activity.externalId}`;

function dayOf({ seed }: DemoPlan, desk: Desk, day: Day): DemoEntry[] {
  const { rep } = desk;
  const chance = new Chance(seed, 'day', rep.index, day);
  const pace = rep.strength * seasonOf(day);
  const found: DemoEntry[] = [];
  const deals = chance.count(DAILY.leads * pace);
  const direct = chance.count(DAILY.direct * pace);
  for (let n = 0; n < deals + direct; n += 1) {
    const item = `AFF-${day.replaceAll('-', '')}-${rep.index + 1}${String.fromCodePoint(65 + n)}`;
    const deal = new Deal(new Chance(seed, item), desk, item, day);
    found.push(...(n < deals ? deal.fromLead() : deal.direct()));
  }
  const other = { 'call.made': DAILY.calls, 'meeting.held': DAILY.meetings } as const;
  for (const [type, often] of Object.entries({ ...other, 'customer.contacted': DAILY.contacts })) {
    for (let n = 0; n < chance.count(often); n += 1) {
      const activity = {
        source: SOURCE,
        externalId: `${type}-${day}-${rep.index}-${n}`,
        type,
        member: { externalId: rep.externalId },
        occurredAt: timeOf(chance, day),
        ...placeOf(rep, day),
      };
      found.push({ sentOn: day, activity });
    }
  }
  return found;
}

/** What advertising costs each agency, of which nobody alone is the cause. */
function costsOf({ seed, ...plan }: DemoPlan, until: Day): DemoEntry[] {
  const found: DemoEntry[] = [];
  for (let day = mondayOf(historyFrom({ seed, ...plan })); day <= until; day = addDays(day, 7)) {
    for (const { town } of demoAgencies) {
      const chance = new Chance(seed, 'cost', town, day);
      const amount = String(chance.between(30, 90) * 10);
      const externalId = `cost-${day}-${town}`;
      const what = { source: SOURCE, externalId, type: 'cost.recorded', amount, site: town };
      const campaign = chance.pick(CAMPAIGNS);
      found.push({ sentOn: day, activity: { ...what, campaign, occurredAt: timeOf(chance, day) } });
    }
  }
  return found;
}
