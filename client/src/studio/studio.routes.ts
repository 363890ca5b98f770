import { DraftingCompass } from '@lucide/vue';
import type { RouteRecordRaw } from 'vue-router';

export const studioRoutes: RouteRecordRaw[] = [
  {
    path: '/studio/:id?',
    name: 'studio',
    component: () => import('./StudioPage.vue'),
    props: true,
    meta: { action: 'challenge.steer', icon: DraftingCompass },
  },
];
