import { z } from 'zod';

const pointsField = z.int().min(0).max(1_000_000_000_000);

/** What may be launched without a countersignature, in points at worst. */
export const ceilingsSchema = z
  .strictObject({
    perChallenge: pointsField.meta({ description: 'what one challenge may cost at the most' }),
    perAuthorAndMonth: pointsField.meta({
      description: 'what the challenges that one person launches in a calendar month may cost',
    }),
  })
  .meta({ id: 'Ceilings' });
export type Ceilings = z.output<typeof ceilingsSchema>;

export const defaultCeilings: Ceilings = { perChallenge: 50_000, perAuthorAndMonth: 100_000 };

/** Which ceiling a launch would exceed; null where it stays below both. */
export type Excess = keyof Ceilings | null;

/**
 * @param cost what the challenge may cost at the most
 * @param raise by how much a launch or an amendment raises that
 * @param committed what was raised this month before, for each author of the challenge
 */
export function excessOf(
  { perChallenge, perAuthorAndMonth }: Ceilings,
  { cost, raise }: { cost: number; raise: number },
  committed: readonly number[],
): Excess {
  if (raise <= 0) return null;
  if (cost > perChallenge) return 'perChallenge';
  return committed.some((sum) => sum + raise > perAuthorAndMonth) ? 'perAuthorAndMonth' : null;
}

/** True where a change lets more through than before. */
export const isRaise = (before: Ceilings, after: Ceilings): boolean =>
  after.perChallenge > before.perChallenge || after.perAuthorAndMonth > before.perAuthorAndMonth;
