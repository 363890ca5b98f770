import { MessageSquareWarning } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const disputeRoutes: RouteRecordRaw[] = [
  {
    path: '/disputes/mine',
    name: 'my-disputes',
    component: () => import('./MyDisputesPage.vue'),
    meta: { action: 'challenge.join', icon: MessageSquareWarning },
  },
];
