import { CircleStar } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const pointsRoutes: RouteRecordRaw[] = [
  {
    path: '/points',
    name: 'points',
    component: () => import('./PointsPage.vue'),
    meta: { action: 'challenge.join', icon: CircleStar },
  },
];
