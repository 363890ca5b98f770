import { Building2, Settings2 } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./SettingsPage.vue'),
    meta: { action: 'settings.change', icon: Settings2 },
  },
];

export const organisationRoutes: RouteRecordRaw[] = [
  {
    path: '/organisations',
    name: 'organisations',
    component: () => import('./OrganisationsPage.vue'),
    meta: { action: 'organisation.operate', icon: Building2 },
  },
];
