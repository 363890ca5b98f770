import { z } from 'zod';

/** What a person may decide of an activity. */
export const verdicts = ['pending', 'accepted', 'rejected', 'excluded'] as const;
export const verdictSchema = z.enum(verdicts);
export type Verdict = z.infer<typeof verdictSchema>;

/** Only an accepted activity counts; one of which nobody has decided anything counts too. */
export const withholds = (verdict: Verdict): boolean => verdict !== 'accepted';
