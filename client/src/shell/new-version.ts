const LOOK_MS = 3_600_000;

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
    setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
  };
  serviceWorker.addEventListener('controllerchange', () => {
    if (taken) location.reload();
  });
  const register = () =>
    serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(watch, () => {});
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register(), { once: true });
}
