import { FileUp } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['admin'] };

export const importRoutes: RouteRecordRaw[] = [
  {
    path: '/imports',
    name: 'imports',
    component: () => import('./ImportsPage.vue'),
    meta: { access, icon: FileUp },
  },
  {
    path: '/imports/:id',
    name: 'import',
    component: () => import('./ImportPage.vue'),
    props: true,
    meta: { access },
  },
];
