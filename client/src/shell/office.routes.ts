import type { RouteRecordRaw } from 'vue-router';
import { pages, startPage } from './pages';

/** What lies behind the door; all of it is fetched only by whoever enters. */
export const officeRoutes: RouteRecordRaw[] = [
  {
    path: '/start',
    name: 'start',
    redirect: () => ({ name: startPage() }),
    component: () => import('./OfficeLayout.vue'),
    children: [
      ...pages,
      {
        path: '/welcome',
        name: 'welcome',
        component: () => import('./WelcomePage.vue'),
        meta: { action: 'welcome.open' },
      },
    ],
  },
];
