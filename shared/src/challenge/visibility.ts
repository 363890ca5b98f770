/** Whose names a board shows, to those whom it is for. */
export const visibilities = ['audience', 'top-and-neighbours', 'own-only', 'teams-only'] as const;
export type Visibility = (typeof visibilities)[number];
