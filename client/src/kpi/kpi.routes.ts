import { ChartNoAxesColumn } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';
import type { PageAccess } from '../session/session.guard';

const access: PageAccess = { roles: ['rep', 'manager', 'admin'] };

export const kpiRoutes: RouteRecordRaw[] = [
  {
    path: '/kpis',
    name: 'kpis',
    component: () => import('./KpisPage.vue'),
    meta: { access, icon: ChartNoAxesColumn },
  },
  {
    path: '/kpis/:code',
    name: 'kpi',
    component: () => import('./KpiPage.vue'),
    props: true,
    meta: { access },
  },
];
