import type { WaitsFor } from '@palmares/shared/challenge/signing';
import { useText } from '../i18n/text';

const NAMED_MAX = 3;

/** Who is asked to sign, in words. */
export function useSigningText() {
  const { t } = useText();

  function who({ order, members }: WaitsFor): string {
    const text = t(`signing.order.${order ?? 'nobody'}`);
    if (members.length === 0 || members.length > NAMED_MAX) return text;
    const names = members.map(({ name }) => name).join(', ');
    return t('signing.named', { who: text, names });
  }

  return { who, waitsFor: (one: WaitsFor) => t('signing.waitsFor', { who: who(one) }) };
}
