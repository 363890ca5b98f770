import { KeyRound } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const keyRoutes: RouteRecordRaw[] = [
  {
    path: '/keys',
    name: 'keys',
    component: () => import('./KeysPage.vue'),
    meta: { action: 'key.manage', icon: KeyRound },
  },
];
