import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { problemBehind, type Problem } from './problem';

export interface Load<Value> {
  value: ShallowRef<Value | undefined>;
  problem: ShallowRef<Problem | undefined>;
  loading: Ref<boolean>;
  reload(): Promise<void>;
}

/**
 * Reads something, and again whenever what it depends on changes or the network comes back. What
 * was read before stays until something newer is there; an answer that was overtaken is dropped.
 */
export function useLoad<Value>(read: () => Promise<Value>, ...depends: (() => unknown)[]) {
  const value = shallowRef<Value>();
  const problem = shallowRef<Problem>();
  const loading = ref(true);
  let turn = 0;

  async function reload(): Promise<void> {
    const mine = (turn += 1);
    loading.value = true;
    try {
      const found = await read();
      if (mine !== turn) return;
      value.value = found;
      problem.value = undefined;
    } catch (error) {
      const found = problemBehind(error);
      if (mine === turn) problem.value = found;
    } finally {
      if (mine === turn) loading.value = false;
    }
  }

  const back = () => void reload();
  onMounted(() => window.addEventListener('online', back));
  onBeforeUnmount(() => {
    turn += 1;
    window.removeEventListener('online', back);
  });
  watch(depends, reload, { immediate: true });
  return { value, problem, loading, reload } satisfies Load<Value>;
}
