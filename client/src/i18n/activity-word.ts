import { useI18n } from 'vue-i18n';

/** The word for a type of activity, `deal.won`; the type itself where there is none. */
export function useActivityWord(): (type: string) => string {
  const i18n = useI18n();
  return (type) => {
    const key = `activity.${type.replaceAll(/[.-]/g, '_')}`;
    return i18n.te(key) ? i18n.t(key) : type;
  };
}
