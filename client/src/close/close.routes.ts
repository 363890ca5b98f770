import type { RouteRecordRaw } from 'vue-router';

export const closeRoutes: RouteRecordRaw[] = [
  {
    path: '/challenges/:id/close',
    name: 'close',
    component: () => import('./ClosePage.vue'),
    props: true,
    meta: { action: 'challenge.audit' },
  },
];
