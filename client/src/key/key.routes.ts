import { KeyRound } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const keyRoutes: RouteRecordRaw[] = [
  {
    path: '/keys',
    name: 'keys',
    component: () => import('./KeysPage.vue'),
    meta: { access: { roles: ['admin'] }, icon: KeyRound },
  },
];
