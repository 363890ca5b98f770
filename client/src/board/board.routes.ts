import type { RouteRecordRaw } from 'vue-router';

/** The link's token follows the `#`, so that no log on the way ever reads it. */
export const boardRoutes: RouteRecordRaw[] = [
  { path: '/board', name: 'board', component: () => import('./BoardPage.vue') },
];
