import { createRouter, createWebHistory } from 'vue-router';
import { boardRoutes } from './board/board.routes';
import { homeRoutes } from './home/home.routes';

export const router = createRouter({
  history: createWebHistory(),
  routes: [...boardRoutes, ...homeRoutes],
});
