import { reasons } from '../kpi/result.js';

/**
 * Why a subject has no rank: a KPI of it has no value, nobody is in the team, the score is below
 * the minimum; or the member has left, and then the live board does not show them at all.
 */
export const scoreReasons = [...reasons, 'no-members', 'below-minimum', 'left'] as const;
export type ScoreReason = (typeof scoreReasons)[number];
