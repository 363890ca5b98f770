/** Who asks to decide about an activity, and what speaks against it. */
export interface Candidate {
  /** An admin, or a key that may do all an admin may. */
  admin: boolean;
  /** A share of the activity is theirs, or that of the member who answers for their key. */
  own: boolean;
  /** Of those who have a share, how many they managed on the day, and how many there are. */
  managed: number;
  sharers: number;
  /** What holds now was decided by an admin. */
  decidedByAdmin: boolean;
  /** They compete with one of the sharers in a challenge that pays and is not certified. */
  competes: boolean;
}

/** Why somebody may not decide; `unseen` where they may not even see the activity. */
export type Objection =
  'unseen' | 'own-activity' | 'not-your-team' | 'decided-by-an-admin' | 'competes-with-them';

/**
 * Whether somebody may decide if an activity counts; undefined where nothing speaks against it. A
 * verdict moves scores that pay, so nobody who gains by one gives it, admins included.
 */
export function objectionTo(candidate: Candidate): Objection | undefined {
  const { admin, own, managed, sharers, decidedByAdmin, competes } = candidate;
  if (!admin && !own && managed === 0) return 'unseen';
  if (own) return 'own-activity';
  if (competes) return 'competes-with-them';
  if (admin) return undefined;
  if (managed < sharers) return 'not-your-team';
  return decidedByAdmin ? 'decided-by-an-admin' : undefined;
}
