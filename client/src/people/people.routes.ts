import { Network, UsersRound } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const memberRoutes: RouteRecordRaw[] = [
  {
    path: '/members',
    name: 'members',
    component: () => import('./MembersPage.vue'),
    meta: { action: 'member.read', icon: UsersRound },
    children: [
      {
        path: ':id',
        name: 'member',
        component: () => import('./MemberPanel.vue'),
        props: true,
        meta: { action: 'member.read' },
      },
    ],
  },
];

export const teamRoutes: RouteRecordRaw[] = [
  {
    path: '/teams',
    name: 'teams',
    component: () => import('./TeamsPage.vue'),
    meta: { action: 'team.read', icon: Network },
  },
];
