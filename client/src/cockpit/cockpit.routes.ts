import { Gauge } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const cockpitRoutes: RouteRecordRaw[] = [
  {
    path: '/cockpit',
    name: 'cockpit',
    component: () => import('./CockpitPage.vue'),
    meta: { action: 'cockpit.open', icon: Gauge },
  },
];
