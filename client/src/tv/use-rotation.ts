import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { nextPage, pagesOf, PAGE_ROWS, stayOf } from './tv-page';

/** Shows a long list page by page, the top first and longest. */
export function useRotation<Row>(rows: () => readonly Row[]) {
  const page = ref(0);
  const pages = computed(() => pagesOf(rows().length));
  const first = computed(() => Math.min(page.value, pages.value - 1) * PAGE_ROWS);
  const shown = computed(() => rows().slice(first.value, first.value + PAGE_ROWS));
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wait(): void {
    clearTimeout(timer);
    const stay = stayOf(page.value, pages.value);
    if (stay) timer = setTimeout(() => (page.value = nextPage(page.value, pages.value)), stay);
  }

  /** Something happened at the top. */
  function toTop(): void {
    page.value = 0;
    wait();
  }

  watch([page, pages] as [Ref<number>, Ref<number>], wait, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));
  return { page, pages, first, shown, toTop };
}
