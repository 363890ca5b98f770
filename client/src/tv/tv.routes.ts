import type { RouteRecordRaw } from 'vue-router';

/** The link's token follows the `#`, so that no log on the way ever reads it. */
export const tvRoutes: RouteRecordRaw[] = [
  { path: '/tv', name: 'tv', component: () => import('./TvPage.vue') },
];
