import { useRoute, useRouter } from 'vue-router';

/** Whether the page, or one below it, is the one on the screen. */
export function useWithin(): (name: string) => boolean {
  const route = useRoute();
  const router = useRouter();
  return (name) => `${route.path}/`.startsWith(`${router.resolve({ name }).path}/`);
}
