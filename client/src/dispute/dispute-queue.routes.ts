import { MessageSquareWarning } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const disputeQueueRoutes: RouteRecordRaw[] = [
  {
    path: '/disputes',
    name: 'disputes',
    component: () => import('./DisputeQueuePage.vue'),
    meta: { action: 'dispute.resolve', icon: MessageSquareWarning },
  },
];
