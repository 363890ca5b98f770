import type { ServerEvents, Topic } from '@palmares/shared/live/event';
import type { Problem } from '@palmares/shared/problem/catalogue';
import { io, type Socket } from 'socket.io-client';

/** `reconnecting`: the line is down and we are trying; `offline`: this device has no network. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

type Subscribed = { ok: true; version: number } | { ok: false; problem: Problem };

interface ClientEvents {
  subscribe(wish: { topic: Topic }, acknowledge: (answer: Subscribed) => void): void;
}

export interface LiveOptions {
  /** the token of a board link; without one the cookie says who we are */
  link?: string | undefined;
  topic: Topic;
  events: Partial<ServerEvents>;
  onState(state: LiveState): void;
  /** The topic is heard from here on; frames before `version` were missed. */
  onSubscribed(version: number): void;
  /** The server will not have us: what the link opens must be asked again. */
  onRefused(): void;
}

export interface Live {
  retry(): void;
  close(): void;
}

const PATIENCE_MS = 10_000;

/** Listens to one topic, and finds back to it after every interruption. */
export function openLive(options: LiveOptions): Live {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    ...(options.link === undefined ? {} : { auth: { link: options.link } }),
    transports: ['websocket'],
    reconnectionDelayMax: PATIENCE_MS,
  });

  const lost = () => options.onState(navigator.onLine ? 'reconnecting' : 'offline');
  const dropped = () => {
    lost();
    // Closed by the server itself: socket.io will not come back unless asked.
    if (!socket.active) options.onRefused();
  };
  const subscribe = async () => {
    try {
      const wish = { topic: options.topic };
      const answer = await socket.timeout(PATIENCE_MS).emitWithAck('subscribe', wish);
      if (!answer.ok) return options.onRefused();
      options.onState('live');
      options.onSubscribed(answer.version);
    } catch {
      // No acknowledgement: a fresh connection is the way out.
      if (socket.connected) socket.disconnect().connect();
    }
  };
  const retry = () => {
    if (socket.connected) void subscribe();
    else socket.connect();
  };

  for (const [name, listen] of Object.entries(options.events)) {
    socket.on(name as keyof ServerEvents, listen);
  }
  socket.on('connect', () => void subscribe());
  socket.on('disconnect', dropped);
  socket.on('connect_error', dropped);
  window.addEventListener('offline', lost);
  window.addEventListener('online', retry);

  return {
    retry,
    close() {
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', retry);
      socket.removeAllListeners();
      // Cut while it is being made, a connection is a complaint of the browser.
      if (socket.io.engine?.readyState === 'opening') {
        socket.io.reconnection(false);
        socket.on('connect', () => socket.disconnect());
      } else socket.disconnect();
    },
  };
}
