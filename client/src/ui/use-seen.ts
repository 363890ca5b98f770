import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue';

/** Whether something has come near the screen; once it has, it stays seen. */
export function useSeen(place: Readonly<ShallowRef<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const seen = ref(false);
  let observer: IntersectionObserver | undefined;
  onMounted(() => {
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        seen.value = true;
        observer?.disconnect();
      },
      { rootMargin: '200px' },
    );
    if (place.value) observer.observe(place.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return seen;
}
