import { parsePeriod } from '@palmares/shared/time/period';
import { computed } from 'vue';
import { today } from '../format/date';
import { periodAt } from '../format/period';
import { useSessionStore } from '../session/session.store';
import { useUrl } from '../ui/use-url';

/** The period of the page, kept in its address; the running month unless said otherwise. */
export function usePeriod() {
  const zone = useSessionStore().current?.organisation.timeZone ?? 'UTC';
  const wish = useUrl('period', periodAt('month', today(zone)));
  return computed({
    get: () => (parsePeriod(wish.value) ? wish.value : periodAt('month', today(zone))),
    set: (text) => (wish.value = text),
  });
}
