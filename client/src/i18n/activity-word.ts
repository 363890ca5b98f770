import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';

/** Types of activity that an organisation has of its own, by the names that it gives them. */
const own = shallowRef<ReadonlyMap<string, string>>(new Map());

/** From now on these are the organisation’s own. */
export function nameActivities(types: readonly { type: string; name: string }[]): void {
  own.value = new Map(types.map(({ type, name }) => [type, name]));
}

export const ownActivities = (): string[] => [...own.value.keys()];

/** The word for a type of activity, `deal.won`; the type itself where there is none. */
export function useActivityWord(): (type: string) => string {
  const i18n = useI18n();
  return (type) => {
    const key = `activity.${type.replaceAll(/[.-]/g, '_')}`;
    return i18n.te(key) ? i18n.t(key) : (own.value.get(type) ?? type);
  };
}
