import { MessageSquareWarning } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['rep'] };

export const disputeRoutes: RouteRecordRaw[] = [
  {
    path: '/disputes/mine',
    name: 'my-disputes',
    component: () => import('./MyDisputesPage.vue'),
    meta: { access, icon: MessageSquareWarning },
  },
];
