import { parseScaled, formatScaled } from '@palmares/shared/quantity/scaled';

/** As many rows as can be read from across a room. */
export const PAGE_ROWS = 10;
/** The top stays longer than what comes after it. */
const TOP_MS = 20_000;
const REST_MS = 9_000;

/** How many pages so many rows take; one where there are none. */
export const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / PAGE_ROWS));

/** How long a page stays; undefined where there is no other. */
export function stayOf(page: number, pages: number): number | undefined {
  if (pages < 2) return undefined;
  return page === 0 ? TOP_MS : REST_MS;
}

/** The page after this one; a page that is no more leads back to the top. */
export const nextPage = (page: number, pages: number): number => (page + 1 < pages ? page + 1 : 0);

/**
 * What separates a score from the one above it, as a decimal; undefined for the first and where
 * they are equal.
 * @example gapBetween('12.5', '10') // '2.5'
 */
export function gapBetween(above: string | undefined, score: string): string | undefined {
  if (above === undefined) return undefined;
  const gap = (parseScaled(above) ?? 0) - (parseScaled(score) ?? 0);
  return gap > 0 ? formatScaled(gap) : undefined;
}
