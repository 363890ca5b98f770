import { ChartNoAxesColumn } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const kpiRoutes: RouteRecordRaw[] = [
  {
    path: '/kpis',
    name: 'kpis',
    component: () => import('./KpisPage.vue'),
    meta: { action: 'kpi.read', icon: ChartNoAxesColumn },
  },
  {
    path: '/kpis/:code',
    name: 'kpi',
    component: () => import('./KpiPage.vue'),
    props: true,
    meta: { action: 'kpi.read' },
  },
];
