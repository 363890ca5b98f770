import { formatCount } from '../format/number';
import { useText } from '../i18n/text';
import type { Winnings } from './prize';

/** Winnings in words: `Un vélo + 900 points`. */
export function useWinnings() {
  const { t, locale } = useText();
  return ({ points, prizes }: Winnings): string => {
    const count = formatCount(points, locale.value);
    const parts = points > 0 ? [t('challenge.winPoints', { count }, points)] : [];
    return [...prizes, ...parts].join(' + ');
  };
}
