import { useI18n } from 'vue-i18n';
import type { Fault, Problem } from '@palmares/shared/problem/catalogue';

/** What a problem is called in the reader's language; the server's own title, if we have no word. */
export function useProblemText(): (problem: Problem) => string {
  const i18n = useI18n();
  return ({ code, title }) => (i18n.te(`problem.${code}`) ? i18n.t(`problem.${code}`) : title);
}

/** What is wrong with one field: by its code, or in the plainest words there are. */
export function useFaultText(): (fault: Pick<Fault, 'code' | 'detail'>) => string {
  const i18n = useI18n();
  return ({ code, detail }) => {
    if (code !== undefined && i18n.te(`fault.${code}`)) return i18n.t(`fault.${code}`);
    const known = code !== undefined && code !== 'invalid' && i18n.te(`problem.${code}`);
    if (known) return i18n.t(`problem.${code}`);
    return i18n.locale.value === 'en' && detail ? detail : i18n.t('fault.other');
  };
}
