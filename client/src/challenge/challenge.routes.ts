import { Trophy } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const challengeRoutes: RouteRecordRaw[] = [
  {
    path: '/challenges',
    name: 'challenges',
    component: () => import('./ChallengesPage.vue'),
    meta: { action: 'challenge.browse', icon: Trophy },
  },
  {
    path: '/challenges/:id',
    name: 'challenge',
    component: () => import('./ChallengePage.vue'),
    props: true,
    meta: { action: 'challenge.read' },
  },
];
