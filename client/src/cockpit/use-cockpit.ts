import { breakdowns, type Breakdown } from '@palmares/shared/kpi/breakdown';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { usePeriod } from '../kpi/use-period';
import { useUrl } from '../ui/use-url';

/** The KPIs that stand at the front; any other is a click away, in the list of KPIs. */
export const FRONT = [
  'revenue',
  'sales-count',
  'average-sale',
  'win-rate',
  'new-customers',
  'sales-cycle',
] as const;

/** What is looked at: all of it is in the address, to be shared and to go back to. */
export function useCockpit() {
  const route = useRoute();
  const router = useRouter();
  const period = usePeriod();
  const code = useUrl('kpi', FRONT[0]);
  const choice = useUrl('by');

  const filters = computed(() =>
    breakdowns.flatMap((name) => {
      const value = route.query[name];
      const label = route.query[`${name}Name`];
      if (typeof value !== 'string' || value === '') return [];
      return [{ name, value, label: typeof label === 'string' ? label : value }];
    }),
  );
  const narrowed = computed(() => new Map(filters.value.map(({ name, value }) => [name, value])));
  /** From all teams to those of one, from one to its members. */
  const by = computed((): Breakdown => {
    const wished = breakdowns.find((one) => one === choice.value);
    return wished ?? (narrowed.value.has('team') ? 'member' : 'team');
  });
  const wish = computed(() => ({
    period: period.value,
    ...Object.fromEntries(narrowed.value),
  }));

  function narrow(name: Breakdown, value: string, label: string): void {
    const { by: _, [name]: __, [`${name}Name`]: ___, ...others } = route.query;
    const added = value === '' ? {} : { [name]: value, [`${name}Name`]: label };
    void router.push({ query: { ...others, ...added } });
  }
  return { period, code, by, choice, filters, narrowed, wish, narrow };
}
export type Cockpit = ReturnType<typeof useCockpit>;
