import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

const STILL_MS = 3_000;
const LOOK_MS = 60_000;

/** The script that this page was made of; another build has another name. */
const scriptIn = (html: string): string | undefined => /\/assets\/index-[\w-]+\.js/.exec(html)?.[0];

async function presentScript(): Promise<string | undefined> {
  // Asked with a word of its own, so that no cache on the way answers.
  const answer = await fetch(`/?at=${Date.now()}`, {
    cache: 'no-store',
    headers: { accept: 'text/html' },
  });
  return answer.ok ? scriptIn(await answer.text()) : undefined;
}

/** Keeps the screen awake while somebody may look at it. */
function useWake(): void {
  let lock: WakeLockSentinel | undefined;
  const wake = async () => {
    if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  const look = () => void wake();
  onMounted(() => {
    look();
    document.addEventListener('visibilitychange', look);
  });
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', look);
    void lock?.release();
  });
}

/** A page of an older build than the server’s makes room for the present one. */
function useBuild(): () => void {
  const mine = scriptIn(document.documentElement.innerHTML);
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = async () => {
    const present = await presentScript().catch(() => undefined);
    if (!mine || !present || present === mine) return;
    // An installed page is served from its own cache until the newer one has taken its place.
    const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(registrations.map((one) => one.unregister()));
    location.reload();
  };
  onMounted(() => {
    timer = setInterval(() => void look(), LOOK_MS);
    void look();
  });
  onBeforeUnmount(() => clearInterval(timer));
  return () => void look();
}

/** A page that hangs on a wall: large, dark, awake, of the present build; nobody touches it. */
export function useWall(): { still: Ref<boolean>; look: () => void } {
  const still = ref(true);
  const root = document.documentElement;
  const theme = root.dataset['theme'];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moved = () => {
    still.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => (still.value = true), STILL_MS);
  };
  useWake();
  const look = useBuild();
  onMounted(() => {
    root.classList.add('wall');
    if (!theme) root.dataset['theme'] = 'dark';
    window.addEventListener('pointermove', moved);
  });
  onBeforeUnmount(() => {
    root.classList.remove('wall');
    if (!theme) delete root.dataset['theme'];
    window.removeEventListener('pointermove', moved);
    clearTimeout(timer);
  });
  return { still, look };
}
