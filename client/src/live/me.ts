import type { ServerEvents } from '@palmares/shared/live/event';
import { onScopeDispose, ref } from 'vue';
import { openLive, type Live, type LiveState } from './live';

const KNOCK_MS = 5000;

type Listener<Name extends keyof ServerEvents> = ServerEvents[Name];

const listeners = new Map<keyof ServerEvents, Set<(frame: never) => void>>();
const returns = new Set<() => void>();
/** How the line of whoever is signed in is. */
export const meState = ref<LiveState>('connecting');

/** Hears what concerns whoever is signed in. @returns an end to it */
export function hear<Name extends keyof ServerEvents>(
  name: Name,
  listener: Listener<Name>,
): () => void {
  const known = listeners.get(name) ?? new Set();
  listeners.set(name, known.add(listener as (frame: never) => void));
  return () => void known.delete(listener as (frame: never) => void);
}

/** Hears that the line is back after a cut: what was said meanwhile is to be read again. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => void returns.delete(listener);
}

const names: (keyof ServerEvents)[] = ['notification.created', 'score.changed', 'points.posted'];

/** Keeps the line open for as long as its component is there. */
export function useMeLine(): void {
  let before = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell =
    (name: keyof ServerEvents) =>
    (frame: never): void =>
      listeners.get(name)?.forEach((listener) => listener(frame));
  const line: Live = openLive({
    topic: 'me',
    events: Object.fromEntries(names.map((name) => [name, tell(name)])),
    onState: (state) => (meState.value = state),
    onSubscribed() {
      if (before) returns.forEach((listener) => listener());
      before = true;
    },
    // Shown out with the roles that changed, or by a server that ends: knock again.
    onRefused: () => (timer = setTimeout(() => line.retry(), KNOCK_MS)),
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    line.close();
  });
}
