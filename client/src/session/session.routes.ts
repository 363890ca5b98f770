import type { RouteRecordRaw } from 'vue-router';

/** The token of an invitation follows the `#`, so that no log on the way ever reads it. */
export const sessionRoutes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue') },
  { path: '/invitation', name: 'invitation', component: () => import('./InvitationPage.vue') },
  { path: '/setup', name: 'setup', component: () => import('./SetupPage.vue') },
  {
    path: '/organisation-choice',
    name: 'organisation-choice',
    component: () => import('./OrganisationChoicePage.vue'),
  },
];
