import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';
import { decimalsOf } from '../format/number';
import { isStill } from './motion';

const ROLL_MS = 700;
const slow = (part: number) => 1 - (1 - part) ** 3;

/** A decimal that rolls to its new value, ending exactly on it. */
export function useRoll(value: () => string): Readonly<Ref<string>> {
  const shown = ref(value());
  let frame = 0;

  function roll(from: number, to: string): void {
    const start = performance.now();
    const decimals = decimalsOf(to);
    const step = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - start) / ROLL_MS));
      if (part === 1) return void (shown.value = to);
      shown.value = (from + (Number(to) - from) * slow(part)).toFixed(decimals);
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  }

  watch(value, (to) => {
    cancelAnimationFrame(frame);
    if (isStill()) shown.value = to;
    else roll(Number(shown.value), to);
  });
  onScopeDispose(() => cancelAnimationFrame(frame));
  return readonly(shown);
}
