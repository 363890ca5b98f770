import { CircleStar } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['rep'] };

export const pointsRoutes: RouteRecordRaw[] = [
  {
    path: '/points',
    name: 'points',
    component: () => import('./PointsPage.vue'),
    meta: { access, icon: CircleStar },
  },
];
