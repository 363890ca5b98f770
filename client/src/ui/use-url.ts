import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * A word of the address: a filter that can be shared and that `back` undoes. What is typed letter
 * by letter replaces the entry of the history rather than adding one.
 */
export function useUrl(name: string, standard = '', typed = false): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get() {
      const value = route.query[name];
      return typeof value === 'string' && value !== '' ? value : standard;
    },
    set(value) {
      const { [name]: _, ...others } = route.query;
      const query = value === standard ? others : { ...others, [name]: value };
      void router[typed ? 'replace' : 'push']({ query, hash: route.hash });
    },
  });
}
