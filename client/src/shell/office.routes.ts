import { roles } from '@palmares/shared/people/member';
import type { RouteRecordRaw } from 'vue-router';
import { opens } from '../session/session.guard';
import { useSessionStore } from '../session/session.store';

/** The pages of the rooms, in the order of the navigation; on a phone the first are in reach. */
const pages: RouteRecordRaw[] = [];

/** A page that the navigation leads to: one with a picture. */
export interface Destination {
  name: PageName;
  icon: NonNullable<RouteRecordRaw['meta']>['icon'];
}

export type PageName =
  'kpis' | 'targets' | 'members' | 'imports' | 'teams' | 'keys' | 'settings' | 'organisations';

/** Where whoever is signed in may go. */
export function destinations(): Destination[] {
  const session = useSessionStore();
  return pages.flatMap(({ name, meta }) =>
    meta?.icon && meta.access && opens(meta.access, session)
      ? [{ name: name as PageName, icon: meta.icon }]
      : [],
  );
}

/** What lies behind the door; all of it is fetched only by whoever enters. */
export const officeRoutes: RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('./OfficeLayout.vue'),
    children: [
      ...pages,
      {
        path: 'start',
        name: 'start',
        redirect: () => ({ name: destinations()[0]?.name ?? 'welcome' }),
      },
      {
        path: 'welcome',
        name: 'welcome',
        component: () => import('./WelcomePage.vue'),
        meta: { access: { roles: [...roles], operator: true } },
      },
    ],
  },
];
