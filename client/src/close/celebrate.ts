import { isStill } from '../ui/motion';

/** Confetti, once, for a win that is final; nothing for whoever wants things to stay still. */
export async function celebrate(): Promise<void> {
  if (isStill()) return;
  const { default: confetti } = await import('canvas-confetti');
  // Without a worker: the policy of the page lets none be made from a blob.
  const fire = confetti.create(undefined, { resize: true, useWorker: false });
  await fire({
    particleCount: 160,
    spread: 100,
    origin: { y: 0.35 },
    colors: ['#f0b400', '#14213d', '#fdf8ec'],
  });
}
