import type { RouteRecordRaw } from 'vue-router';

export const closeRoutes: RouteRecordRaw[] = [
  {
    path: '/challenges/:id/close',
    name: 'close',
    component: () => import('./ClosePage.vue'),
    props: true,
    meta: { access: { roles: ['manager', 'hr', 'admin'] } },
  },
];
