import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** The time, renewed every second while somebody looks. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now());
  const tick = () => {
    if (!document.hidden) now.value = Date.now();
  };
  const timer = setInterval(tick, 1000);
  document.addEventListener('visibilitychange', tick);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  });
  return readonly(now);
}
