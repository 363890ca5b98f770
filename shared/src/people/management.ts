import type { Day } from '../time/day.js';
import { withLeaving, type Management } from './membership.js';
import { groupBy } from './people-index.js';
import { ALWAYS, before, holds } from './stretch.js';

/** What changes for those who manage teams. */
export interface ManagementChange {
  /** By team, who manages it from today on; teams that are not named keep their managers. */
  named: ReadonlyMap<string, ReadonlySet<string>>;
  /** By member, the day of leaving before and now. */
  leaving: ReadonlyMap<string, { was: Day | null; now: Day | null }>;
  leftOn: (memberId: string) => Day | null;
  today: Day;
}

/**
 * All managements of the teams whose managers change. Whoever is named manages from today on, or
 * has always done so where nobody was known to manage the team; whoever did and is not named any
 * more ends today. Stand-ins stay as they are.
 */
export function planManagements(
  managements: readonly Management[],
  { named, leaving, leftOn, today }: ManagementChange,
): Map<string, Management[]> {
  const byTeam = groupBy(managements, ({ teamId }) => teamId);
  const plan = new Map<string, Management[]>();
  for (const teamId of new Set([...byTeam.keys(), ...named.keys()])) {
    const known = byTeam.get(teamId) ?? [];
    const staying = [...groupBy(known, ({ memberId }) => memberId)].flatMap(([memberId, own]) => {
      const change = leaving.get(memberId);
      return change ? withLeaving(own, change.was, change.now) : own;
    });
    const next = chosen(teamId, staying, named.get(teamId), today).flatMap((one) =>
      withLeaving([one], null, leftOn(one.memberId)),
    );
    if (textOf(next) !== textOf(known)) plan.set(teamId, next);
  }
  return plan;
}

const textOf = (list: readonly Management[]) =>
  list
    .map(({ memberId, from, to, standIn }) => JSON.stringify([memberId, from, to, standIn]))
    .toSorted()
    .join();

function chosen(
  teamId: string,
  known: readonly Management[],
  named: ReadonlySet<string> | undefined,
  today: Day,
): Management[] {
  if (!named) return [...known];
  const present = new Set(
    known.filter((one) => !one.standIn && holds(one, today)).map(({ memberId }) => memberId),
  );
  const kept = known.flatMap((one) => {
    const ends = !one.standIn && holds(one, today) && !named.has(one.memberId);
    const begins = named.has(one.memberId) && !present.has(one.memberId);
    return ends || begins ? before([one], today) : [one];
  });
  const from = known.length === 0 ? ALWAYS : today;
  const fresh = [...named].filter((memberId) => !present.has(memberId));
  return [
    ...kept,
    ...fresh.map((memberId) => ({ teamId, memberId, from, to: null, standIn: false })),
  ];
}
