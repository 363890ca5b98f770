/** How often a page that stays open looks, and at the most whenever somebody comes back to it. */
const LOOK_MS = 900_000;
const RETURN_MS = 60_000;

/**
 * Installs the page on this device once it has nothing else to do, and says when a newer one waits
 * to take its place; that happens when whoever reads agrees.
 */
export function watchVersions(onReady: (take: () => void) => void): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker || import.meta.env.DEV) return;
  let taken = false;
  const offer = (worker: ServiceWorker) => {
    onReady(() => {
      taken = true;
      worker.postMessage({ type: 'SKIP_WAITING' });
    });
  };
  const watch = (registration: ServiceWorkerRegistration | undefined) => {
    // A browser may be told to install nothing.
    if (!registration) return;
    if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        // The very first one replaces nothing.
        if (worker.state === 'installed' && serviceWorker.controller) offer(worker);
      });
    });
    let looked = Date.now();
    const look = () => {
      looked = Date.now();
      void registration.update().catch(() => {});
    };
    setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && Date.now() - looked > RETURN_MS) look();
    });
    window.addEventListener('online', look);
  };
  serviceWorker.addEventListener('controllerchange', () => {
    if (taken) location.reload();
  });
  const register = () =>
    serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(watch, () => {});
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register(), { once: true });
}
