import { isoWeekday } from '@palmares/shared/people/presence';
import { addDays, type Day } from '@palmares/shared/time/day';
import { Chance } from './chance.js';
import { addMonths, holidaysBetween, mondayOf, monthOf } from './demo-calendar.js';
import { demoAgencies, demoEmail, demoReps } from './demo-people.js';

/** How large a demo is; tests tell a short story of few people. */
export interface DemoSize {
  reps: number;
  weeks: number;
}
export const WHOLE: DemoSize = { reps: demoReps.length, weeks: 56 };

/** What a demo is made of: nothing else decides what is in it. */
export interface DemoPlan extends DemoSize {
  seed: number;
  /** The day on which it was made, the last one of its history. */
  day: Day;
}

/** Somebody who sells. */
export interface DemoRep {
  index: number;
  externalId: string;
  name: string;
  email: string;
  /** 1 sells as much as most do. */
  strength: number;
  /** The part of a week that they work: 1, 0.8 or 0.5. */
  rate: number;
  enteredOn: Day | null;
  /** The day after the last one. */
  leftOn: Day | null;
  /** Places of `demoAgencies`, from a day on; null is always. */
  agencies: { agency: number; from: Day | null }[];
  /** Days away, the end excluded. */
  absences: { from: Day; to: Day }[];
}

export const repId = (index: number) => `rep-${String(index + 1).padStart(2, '0')}`;

/** The first day of the history. */
export const historyFrom = ({ day, weeks }: DemoPlan): Day => addDays(mondayOf(day), -7 * weeks);

function absencesOf(chance: Chance, { day, weeks }: DemoPlan): DemoRep['absences'] {
  const first = addDays(mondayOf(day), -7 * weeks);
  const found: DemoRep['absences'] = [];
  for (let month = monthOf(first); month <= day; month = addMonths(month, 1)) {
    const summer = month.endsWith('-08-01') || month.endsWith('-07-01');
    const winter = month.endsWith('-02-01') || month.endsWith('-12-01');
    const holiday = summer ? chance.happens(0.55) : winter && chance.happens(0.45);
    const from = addDays(mondayOf(addDays(month, 6)), 7 * chance.between(0, 1));
    if (holiday) found.push({ from, to: addDays(from, summer ? 12 : 5) });
    else if (chance.happens(0.12)) {
      const ill = addDays(mondayOf(addDays(month, 10)), chance.between(0, 3));
      found.push({ from: ill, to: addDays(ill, chance.between(1, 2)) });
    }
  }
  return found.filter(({ from }) => from < addDays(day, 20));
}

/** The first is somebody good, whom the demo shows; the others are as they come. */
function repOf(index: number, plan: DemoPlan): DemoRep {
  const { seed, reps, day } = plan;
  const chance = new Chance(seed, 'rep', index);
  const name = demoReps[index % demoReps.length] ?? demoReps[0];
  const strength = index === 0 ? 1.5 : 0.6 + 0.45 * (chance.next() + chance.next());
  const rate = index % 17 === 9 ? 0.8 : index % 23 === 13 ? 0.5 : 1;
  const home = index % demoAgencies.length;
  const agencies: DemoRep['agencies'] = [{ agency: home, from: null }];
  if (index % 19 === 8) {
    const from = addMonths(monthOf(day), -3 - (index % 4));
    agencies.push({ agency: (home + 3) % demoAgencies.length, from });
  }
  const [last, before] = [index === reps - 1, index === reps - 2];
  return {
    index,
    externalId: repId(index),
    name,
    email: demoEmail(name),
    strength,
    rate,
    agencies,
    enteredOn: last ? addDays(day, -38) : before ? addDays(day, -96) : null,
    leftOn: index === reps - 3 ? addDays(day, -24) : index === reps - 4 ? addDays(day, -122) : null,
    absences: index === 0 ? [] : absencesOf(chance, plan),
  };
}

export const rosterOf = (plan: DemoPlan): DemoRep[] =>
  Array.from({ length: plan.reps }, (_, index) => repOf(index, plan));

/** The place in `demoAgencies` where somebody works on a day. */
export const agencyOn = ({ agencies }: DemoRep, day: Day): number =>
  agencies.findLast(({ from }) => from === null || from <= day)?.agency ?? 0;

/** Says on which days somebody works. */
export function workDays({ day, weeks }: DemoPlan): (rep: DemoRep, day: Day) => boolean {
  const from = addDays(day, -7 * weeks - 10);
  const closed = new Set(holidaysBetween(from, addDays(day, 120)).map((one) => one.day));
  return (rep, on) => {
    const weekday = isoWeekday(on);
    if (weekday > 5 || closed.has(on)) return false;
    if (rep.rate < 1 && (weekday === 3 || (rep.rate === 0.5 && weekday > 3))) return false;
    if (rep.enteredOn !== null && on < rep.enteredOn) return false;
    if (rep.leftOn !== null && on >= rep.leftOn) return false;
    return !rep.absences.some((away) => away.from <= on && on < away.to);
  };
}
