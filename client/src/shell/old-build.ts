import type { Router } from 'vue-router';

const KEY = 'palmares.reloaded';
/** Twice in such a time it is no newer build, and loading again would not end. */
const ONCE_MS = 30_000;

/** What browsers say of a part of the page that the server does not have any more. */
const GONE = /dynamically imported module|importing a module script/i;

/** True where a page should be loaded anew: a part of it is gone, and that was not just tried. */
export function isOld(error: unknown, before: string | null, now: number): boolean {
  const gone = error instanceof Error && GONE.test(error.message);
  return gone && now - Number(before ?? 0) > ONCE_MS;
}

/** The page of an older build goes on in the present one, where the reader wants to go. */
export function leaveOldBuild(router: Router): void {
  router.onError((error, to) => {
    const now = Date.now();
    if (!navigator.onLine || !isOld(error, sessionStorage.getItem(KEY), now)) return;
    sessionStorage.setItem(KEY, String(now));
    location.assign(to.fullPath);
  });
}
