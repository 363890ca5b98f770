import type { RouteRecordRaw } from 'vue-router';
import HomePage from './HomePage.vue';
import LostPage from './LostPage.vue';

export const homeRoutes: RouteRecordRaw[] = [
  { path: '', name: 'home', component: HomePage },
  { path: ':path(.*)*', name: 'lost', component: LostPage },
];
