import type { TextKey, Translate } from '../i18n/text';
import type { PostingView } from './points.api';

/** What kind of movement a posting is, in the words of a statement. */
export function movementKey({ from, to, reverses, reference }: PostingView): TextKey {
  if (to === 'expired') return 'movement.expired';
  if (reverses !== null) return 'movement.takenBack';
  if (reference.startsWith('adjustment/')) return 'movement.adjustment';
  if (to === 'redeemed') return 'movement.spent';
  if (to === 'held') return 'movement.held';
  if (from === 'held' && to === 'available') return 'movement.released';
  if (to === 'pending') return 'movement.pending';
  if (from === 'pending') return 'movement.vested';
  if (to === 'available') return 'movement.earned';
  return 'movement.other';
}

/** What a movement is called: its reason, where a person has given one. */
export const movementTitle = (one: PostingView, t: Translate): string =>
  one.to === 'expired' ? t('movement.expiredPoints') : one.reason || t(movementKey(one));
