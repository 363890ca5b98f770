import { isStill } from '../ui/motion';

const KEY = 'palmares.celebrated';

/** Whether this win has been celebrated on this device; from now on it has. */
function isNew(challengeId: string): boolean {
  try {
    const known = (localStorage.getItem(KEY) ?? '').split(' ');
    if (known.includes(challengeId)) return false;
    localStorage.setItem(KEY, [...known.slice(-49), challengeId].join(' ').trim());
    return true;
  } catch {
    return false;
  }
}

/** Confetti, once for a certified win, unless the reader wants things to stay still. */
export async function celebrate(challengeId: string): Promise<void> {
  if (isStill() || !isNew(challengeId)) return;
  const { default: confetti } = await import('canvas-confetti');
  // Without a worker: the page's policy lets no blob run.
  const fire = confetti.create(undefined, { useWorker: false, disableForReducedMotion: true });
  const colors = ['#f0b400', '#ffc933', '#14213d', '#fdf8ec'];
  void fire({ particleCount: 90, spread: 75, origin: { x: 0.2, y: 0.45 }, colors });
  void fire({ particleCount: 90, spread: 75, origin: { x: 0.8, y: 0.45 }, colors });
}
