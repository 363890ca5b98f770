import { Network, UsersRound } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['manager', 'admin'] };

export const memberRoutes: RouteRecordRaw[] = [
  {
    path: '/members',
    name: 'members',
    component: () => import('./MembersPage.vue'),
    meta: { access, icon: UsersRound },
    children: [
      {
        path: ':id',
        name: 'member',
        component: () => import('./MemberPanel.vue'),
        props: true,
        meta: { access },
      },
    ],
  },
];

export const teamRoutes: RouteRecordRaw[] = [
  {
    path: '/teams',
    name: 'teams',
    component: () => import('./TeamsPage.vue'),
    meta: { access, icon: Network },
  },
];
