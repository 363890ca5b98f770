/** The points currency that every organisation has. */
export const POINTS = 'points';
