import { House } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['rep'] };

export const todayRoutes: RouteRecordRaw[] = [
  {
    path: '/today',
    name: 'today',
    component: () => import('./TodayPage.vue'),
    meta: { access, icon: House },
  },
];
