import { computed } from 'vue';
import { countdown } from '../format/countdown';
import { startOfDay } from '../format/zone';
import { useText } from '../i18n/text';
import { useSessionStore } from '../session/session.store';
import { useNow } from '../ui/use-now';
import type { ChallengeView } from './challenge.api';
import { placesOf } from './prize';
import { useWinnings } from './use-winnings';

/** What a challenge says at a glance: the time that is left, and what is still to be won. */
export function useGlance(view: () => ChallengeView) {
  const { t } = useText();
  const words = useWinnings();
  const now = useNow();
  const session = useSessionStore();
  const open = computed(() => view().status === 'live' || view().status === 'scheduled');

  /** Until it ends or begins; nothing where it is over. */
  const left = computed(() => {
    const { status, from, to } = view();
    if (!open.value) return '';
    const zone = session.current?.organisation.timeZone ?? 'UTC';
    const cut = countdown(startOfDay(status === 'live' ? to : from, zone) - now.value);
    return cut.unit === 'over' ? '' : t(`countdown.${cut.unit}`, { ...cut });
  });
  const prize = computed(() => {
    const [first] = placesOf(view().payout ?? []);
    return open.value && first ? words(first) : '';
  });
  return { left, prize };
}
