import type { Problem } from '@palmares/shared/problem/catalogue';
import { computed, ref, shallowRef, type Ref } from 'vue';
import { useFaultText } from '../i18n/problem-text';
import { faultsOf, type Found } from '../ui/use-schema-form';
import { stepOf, type Read, type Step } from './draft';
import { useStudioFault } from './studio-fault';

/** What is wrong with a draft, field by field: found here on the steps one has seen, or told. */
export function useDraftFaults(read: Ref<Read>) {
  const say = useFaultText();
  const sayOwn = useStudioFault();
  const told = shallowRef(new Map<string, Found>());
  const revealed = ref(new Set<Step>());
  const found = computed(() =>
    read.value.ok ? new Map<string, Found>() : faultsOf(read.value.issues),
  );

  /** Of a field, by the JSON pointer to it. */
  const fault = (pointer: string): string | undefined => {
    const seen = revealed.value.has(stepOf(pointer));
    const one = told.value.get(pointer) ?? (seen ? found.value.get(pointer) : undefined);
    return one && (sayOwn(one) ?? say(one));
  };
  /** How many fields of a step are known to be wrong. */
  const faultsIn = (step: Step): number => {
    const own = revealed.value.has(step) ? [...found.value.keys()] : [];
    return new Set([...own, ...told.value.keys()].filter((one) => stepOf(one) === step)).size;
  };
  const reveal = (...which: Step[]): void => {
    revealed.value = new Set([...revealed.value, ...which]);
  };
  const conceal = (): void => void (revealed.value = new Set());
  /** What the server did not want of it; nothing without a problem. */
  const tell = (problem?: Problem): void => {
    told.value = new Map(
      (problem?.errors ?? []).flatMap(({ pointer, ...one }) => {
        const place = pointer?.replace(/^\/definition/, '');
        return place ? [[place, one] as const] : [];
      }),
    );
  };
  return { fault, faultsIn, reveal, conceal, tell };
}
