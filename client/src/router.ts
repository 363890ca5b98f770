import { createRouter, createWebHistory } from 'vue-router';
import { boardRoutes } from './board/board.routes';
import { homeRoutes } from './home/home.routes';
import { guard } from './session/session.guard';
import { sessionRoutes } from './session/session.routes';
import { leaveOldBuild } from './shell/old-build';
import { officeRoutes } from './shell/office.routes';
import PublicLayout from './shell/PublicLayout.vue';
import { tvRoutes } from './tv/tv.routes';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...officeRoutes,
    ...tvRoutes,
    {
      path: '/',
      component: PublicLayout,
      children: [...boardRoutes, ...sessionRoutes, ...homeRoutes],
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

guard(router);
leaveOldBuild(router);
