import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { problemBehind, type Problem } from './problem';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** A list that is read a page at a time. */
export interface Pages<Item> {
  items: ShallowRef<Item[] | undefined>;
  next: Ref<string | null>;
  busy: Ref<boolean>;
  problem: ShallowRef<Problem | undefined>;
  /** The page of a cursor after what is there; without one the list from its beginning. */
  read(cursor?: string): Promise<void>;
}

export function usePages<Item>(fetch: (cursor?: string) => Promise<Page<Item>>): Pages<Item> {
  const items = shallowRef<Item[]>();
  const next = ref<string | null>(null);
  const busy = ref(false);
  const problem = shallowRef<Problem>();

  async function read(cursor?: string): Promise<void> {
    busy.value = true;
    problem.value = undefined;
    try {
      const page = await fetch(cursor);
      items.value = [...(cursor ? (items.value ?? []) : []), ...page.items];
      next.value = page.nextCursor;
    } catch (error) {
      problem.value = problemBehind(error);
    } finally {
      busy.value = false;
    }
  }
  return { items, next, busy, problem, read };
}
