import type { Role } from '@palmares/shared/people/member';
import type { RouteRecordRaw } from 'vue-router';
import { pages, startPage } from './pages';

const everybody: Role[] = ['rep', 'manager', 'hr', 'admin'];

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
        meta: { access: { roles: everybody, operator: true } },
      },
    ],
  },
];
