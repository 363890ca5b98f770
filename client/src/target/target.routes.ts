import { Target } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const targetRoutes: RouteRecordRaw[] = [
  {
    path: '/targets',
    name: 'targets',
    component: () => import('./TargetsPage.vue'),
    meta: { action: 'target.set', icon: Target },
  },
];
