import { ScrollText } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const auditRoutes: RouteRecordRaw[] = [
  {
    path: '/audit',
    name: 'audit',
    component: () => import('./AuditPage.vue'),
    meta: { action: 'audit.read', icon: ScrollText },
  },
];
