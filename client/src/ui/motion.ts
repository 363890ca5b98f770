const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the reader asked for things to stay still, or cannot see them move anyway. */
export const isStill = (): boolean => still.matches || document.hidden;
