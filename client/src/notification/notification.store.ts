import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { problemBehind, type Problem } from '../http/problem';
import { markRead, readNotifications, type Notification } from './notification.api';

const PAGE = 20;

/** What the product has told me. */
export const useNotificationStore = defineStore('notification', () => {
  const items = shallowRef<Notification[]>();
  const unread = ref(0);
  const next = ref<string | null>(null);
  const problem = shallowRef<Problem>();

  async function read(cursor?: string): Promise<void> {
    try {
      const page = await readNotifications(PAGE, cursor);
      items.value = [...(cursor ? (items.value ?? []) : []), ...page.items];
      unread.value = page.unread;
      next.value = page.nextCursor;
      problem.value = undefined;
    } catch (error) {
      problem.value = problemBehind(error);
    }
  }

  /** One that has just come: it is on top, and unread. */
  function add(one: Notification): void {
    if (items.value?.some(({ id }) => id === one.id)) return;
    items.value = [one, ...(items.value ?? [])];
    unread.value += 1;
  }

  /** It has been read; where that cannot be written down it stays unread. */
  async function look({ id, readAt }: Notification): Promise<void> {
    if (readAt !== null) return;
    try {
      await markRead(id);
    } catch (error) {
      return void (problem.value = problemBehind(error));
    }
    const now = new Date().toISOString();
    items.value = items.value?.map((one) => (one.id === id ? { ...one, readAt: now } : one));
    unread.value = Math.max(0, unread.value - 1);
  }

  function forget(): void {
    items.value = undefined;
    unread.value = 0;
    next.value = null;
  }

  return { items, unread, next, problem, read, add, look, forget };
});
