import { Trophy } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['rep', 'manager', 'hr', 'admin'] };
const listed: PageAccess = { roles: ['rep', 'manager'] };

export const challengeRoutes: RouteRecordRaw[] = [
  {
    path: '/challenges',
    name: 'challenges',
    component: () => import('./ChallengesPage.vue'),
    meta: { access: listed, icon: Trophy },
  },
  {
    path: '/challenges/:id',
    name: 'challenge',
    component: () => import('./ChallengePage.vue'),
    props: true,
    meta: { access },
  },
];
