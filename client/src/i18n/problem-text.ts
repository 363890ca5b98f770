import { useI18n } from 'vue-i18n';
import type { Fault, Problem } from '@palmares/shared/problem/catalogue';

/** What a problem is called in the reader's language; the server's own title, if we have no word. */
export function useProblemText(): (problem: Problem) => string {
  const { t, te } = useI18n();
  return ({ code, title }) => (te(`problem.${code}`) ? t(`problem.${code}`) : title);
}

/** What is wrong with one field: by its code, or in the plainest words there are. */
export function useFaultText(): (fault: Pick<Fault, 'code' | 'detail'>) => string {
  const { t, te, locale } = useI18n();
  return ({ code, detail }) => {
    if (code !== undefined && te(`fault.${code}`)) return t(`fault.${code}`);
    const known = code !== undefined && code !== 'invalid' && te(`problem.${code}`);
    if (known) return t(`problem.${code}`);
    return locale.value === 'en' && detail ? detail : t('fault.other');
  };
}
