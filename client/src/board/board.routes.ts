import type { RouteRecordRaw } from 'vue-router';
import BoardPage from './BoardPage.vue';

/** The link's token follows the `#`, so that no log on the way ever reads it. */
export const boardRoutes: RouteRecordRaw[] = [
  { path: '/board', name: 'board', component: BoardPage },
];
