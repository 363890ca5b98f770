/** What decides between equal scores: the earlier day on which they were reached, or nothing. */
export const tieBreaks = ['earliest', 'shared'] as const;
export type TieBreak = (typeof tieBreaks)[number];
