import type { Role } from '@palmares/shared/people/member';
import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { auditRoutes } from '../audit/audit.routes';
import { budgetRoutes } from '../budget/budget.routes';
import { cockpitRoutes } from '../cockpit/cockpit.routes';
import { closeRoutes } from '../close/close.routes';
import { disputeQueueRoutes } from '../dispute/dispute-queue.routes';
import { challengeRoutes } from '../challenge/challenge.routes';
import { disputeRoutes } from '../dispute/dispute.routes';
import { importRoutes } from '../import/import.routes';
import { keyRoutes } from '../key/key.routes';
import { organisationRoutes, settingsRoutes } from '../organisation/organisation.routes';
import { kpiRoutes } from '../kpi/kpi.routes';
import { memberRoutes, teamRoutes } from '../people/people.routes';
import { pointsRoutes } from '../points/points.routes';
import { useSessionStore } from '../session/session.store';
import { studioRoutes } from '../studio/studio.routes';
import { targetRoutes } from '../target/target.routes';
import { todayRoutes } from '../today/today.routes';

/** The pages of the rooms, in the order of the navigation; on a phone the first are in reach. */
export const pages: RouteRecordRaw[] = [
  ...cockpitRoutes,
  ...todayRoutes,
  ...studioRoutes,
  ...challengeRoutes,
  ...closeRoutes,
  ...disputeQueueRoutes,
  ...pointsRoutes,
  ...kpiRoutes,
  ...disputeRoutes,
  ...targetRoutes,
  ...budgetRoutes,
  ...memberRoutes,
  ...importRoutes,
  ...teamRoutes,
  ...auditRoutes,
  ...keyRoutes,
  ...settingsRoutes,
  ...organisationRoutes,
];

export type PageName =
  | 'cockpit'
  | 'studio'
  | 'budgets'
  | 'audit'
  | 'disputes'
  | 'today'
  | 'challenges'
  | 'points'
  | 'my-disputes'
  | 'kpis'
  | 'targets'
  | 'members'
  | 'imports'
  | 'teams'
  | 'keys'
  | 'settings'
  | 'organisations';

/** A page that the navigation leads to: one with a picture. */
export interface Destination {
  name: PageName;
  icon: Component;
}

/** Where whoever is signed in may go. */
export function destinations(): Destination[] {
  const session = useSessionStore();
  return pages.flatMap(({ name, meta }) =>
    meta?.icon && meta.action && session.may(meta.action)
      ? [{ name: name as PageName, icon: meta.icon }]
      : [],
  );
}

/** Where each role begins; whoever has several, as the first of these. */
const starts: readonly [Role, string][] = [
  ['manager', 'cockpit'],
  ['rep', 'today'],
  ['hr', 'budgets'],
  ['admin', 'members'],
];

/** The page after signing in. */
export function startPage(): string {
  const session = useSessionStore();
  const there = destinations().map(({ name }): string => name);
  const own = starts.find(([role, name]) => session.roles.includes(role) && there.includes(name));
  return own?.[1] ?? there[0] ?? 'welcome';
}
