import { PiggyBank } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const budgetRoutes: RouteRecordRaw[] = [
  {
    path: '/budgets',
    name: 'budgets',
    component: () => import('./BudgetsPage.vue'),
    meta: { action: 'budget.read', icon: PiggyBank },
  },
];
