import { useI18n } from 'vue-i18n';

/**
 * The word for one of a set that grows elsewhere, such as the types of rules: the section's, or
 * the name itself where there is no word yet.
 */
export function useWord(): (section: string, name: string) => string {
  const i18n = useI18n();
  return (section, name) => {
    const key = `${section}.${name}`;
    return i18n.te(key) ? i18n.t(key) : name;
  };
}
