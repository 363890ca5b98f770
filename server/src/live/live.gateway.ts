import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { problem, type Problem } from '@palmares/shared/problem/catalogue';
import {
  subscribeSchema,
  type Room,
  type ServerEvents,
  type Topic,
} from '@palmares/shared/live/event';
import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import { ProblemError } from '../http/problem-error.js';
import { problemOf } from '../http/problem.filter.js';
import { LOGGER } from '../platform/platform.module.js';
import { Allowance } from './allowance.js';
import { Signal } from './signal.js';

/** Who holds a socket: what was shown at the door, and whatever the door knows of its bearer. */
export interface Holder<Bearer = unknown> {
  credentialId: string;
  bearer: Bearer;
}

/** What one socket may hear, and how much it may ask: so much at once, and then each second. */
const TOPICS_MAX = 100;
const ASKED_AT_ONCE = 200;
const ASKED_EACH_SECOND = 20;

interface SocketData {
  holder: Holder;
  /** Where it hears each topic that it has asked for. */
  rooms: Map<Topic, Room>;
}
type Sockets = Server<object, ServerEvents, object, SocketData>;
type LiveSocket = Socket<object, ServerEvents, object, SocketData>;

/** What somebody brings who wants to come in. */
export interface Knock {
  auth: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  request: IncomingMessage;
}

/** Finds out who knocks; throws a problem when it is nobody. */
export type Door = (knock: Knock) => Promise<Holder>;

/** Decides whether a bearer may hear a topic; answers its present version. */
export interface TopicKeeper {
  /** Where those gather who hear the same, for a topic that is not the same for everybody. */
  room?: (bearer: unknown, id: string) => Room | Promise<Room>;
  watch: (bearer: unknown, id: string) => Promise<{ version: number }>;
}

export type Subscribed = { ok: true; version: number } | { ok: false; problem: Problem };

/** Sockets and topics. It knows no business word: rooms register doors and topics. */
@Injectable()
@WebSocketGateway()
export class LiveGateway {
  @WebSocketServer() private readonly server: Sockets;
  private readonly keepers = new Map<string, TopicKeeper>();
  private readonly listeners: ((topic: Topic, bearer: unknown) => void | Promise<void>)[] = [];
  private door: Door | undefined;

  constructor(
    signal: Signal,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    signal.on((message) => {
      if (message.kind === 'revoked') this.dismiss(message.credentialId);
    });
  }

  admitBy(door: Door): void {
    this.door = door;
  }

  serve(prefix: string, keeper: TopicKeeper): void {
    this.keepers.set(prefix, keeper);
  }

  /** Told whenever somebody begins to hear a topic, and before they are told that they do. */
  onSubscribed(listener: (topic: Topic, bearer: unknown) => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  afterInit(server: Sockets): void {
    server.use((socket, next) => void this.knock(socket, next));
  }

  @SubscribeMessage('subscribe')
  async subscribe(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody() body: unknown,
  ): Promise<Subscribed> {
    const parsed = subscribeSchema.safeParse(body);
    if (!parsed.success) return { ok: false, problem: problem('not-found') };
    const topic = parsed.data.topic.toLowerCase() as Topic;
    const [prefix = '', id = ''] = topic.split(':');
    const keeper = this.keepers.get(prefix);
    if (!keeper) return { ok: false, problem: problem('not-found') };
    const { holder, rooms } = socket.data;
    const isFull = () => rooms.size >= TOPICS_MAX && !rooms.has(topic);
    if (isFull()) return { ok: false, problem: problem('too-many-requests') };
    const { bearer } = holder;
    try {
      const room = (await keeper.room?.(bearer, id)) ?? (topic as Room);
      // Other packets of the socket may have subscribed meanwhile.
      if (isFull()) throw new ProblemError('too-many-requests');
      // Joined first, so that nothing that happens meanwhile is missed.
      await enter(socket, topic, room);
      const watched = await keeper.watch(bearer, id);
      for (const listener of this.listeners) await listener(topic, bearer);
      return { ok: true, ...watched };
    } catch (error) {
      await leave(socket, topic);
      const refusal = problemOf(error);
      if (refusal.status >= 500) this.logger.error({ err: error }, 'subscription failed');
      return { ok: false, problem: refusal };
    }
  }

  /** Sends to the sockets of this process. */
  emit<Name extends keyof ServerEvents>(
    room: Room,
    event: Name,
    frame: Parameters<ServerEvents[Name]>[0],
  ): void {
    this.server.local.to(room).emit(event, ...([frame] as Parameters<ServerEvents[Name]>));
  }

  /** Sends to all who hear a topic, in whichever rooms. */
  emitTo<Name extends keyof ServerEvents>(
    topic: Topic,
    event: Name,
    frame: Parameters<ServerEvents[Name]>[0],
  ): void {
    this.emit(`topic:${topic}` as Room, event, frame);
  }

  /**
   * Looks again who hears what of a topic. Whoever hears it elsewhere now, or not at all any more,
   * is sent a frame.
   */
  async resettle<Name extends keyof ServerEvents>(
    topic: Topic,
    event: Name,
    frame: Parameters<ServerEvents[Name]>[0],
  ): Promise<void> {
    const [prefix = '', id = ''] = topic.split(':');
    const keeper = this.keepers.get(prefix);
    // A copy: whoever moves leaves and comes back.
    const socketIds = new Set(this.server.sockets.adapter.rooms.get(`topic:${topic}`));
    for (const socketId of socketIds) {
      const socket = this.server.sockets.sockets.get(socketId);
      if (!socket || !keeper?.room) continue;
      const { bearer } = socket.data.holder;
      const room = await Promise.resolve(keeper.room(bearer, id)).catch(() => undefined);
      if (room !== undefined && room === socket.data.rooms.get(topic)) continue;
      await leave(socket, topic);
      if (room !== undefined) await enter(socket, topic, room);
      socket.emit(event, ...([frame] as Parameters<ServerEvents[Name]>));
    }
  }

  isWatched(topic: Topic): boolean {
    return this.hasListeners(`topic:${topic}` as Room);
  }

  hasListeners(room: Room): boolean {
    return (this.server.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;
  }

  /** Who holds the sockets of this process; each once. */
  holders(): Holder[] {
    const holders = [...this.server.sockets.sockets.values()].map(({ data }) => data.holder);
    return [...new Map(holders.map((holder) => [holder.credentialId, holder])).values()];
  }

  dismiss(credentialId: string): void {
    this.server.local.in(`credential:${credentialId}`).disconnectSockets(true);
  }

  private async knock(socket: LiveSocket, next: (error?: Error) => void): Promise<void> {
    try {
      await this.admit(socket);
    } catch (error) {
      const body = problemOf(error);
      return next(Object.assign(new Error(body.code), { data: body }));
    }
    next();
  }

  private async admit(socket: LiveSocket): Promise<void> {
    if (!this.door) throw new Error('no door');
    const { auth, headers } = socket.handshake;
    const { request } = socket;
    socket.data.holder = await this.door({ auth, headers, request });
    socket.data.rooms = new Map();
    const allowance = new Allowance(ASKED_AT_ONCE, ASKED_EACH_SECOND, performance.now());
    socket.use((_packet, next) => {
      if (allowance.take(performance.now())) next();
      else socket.disconnect(true);
    });
    await socket.join(`credential:${socket.data.holder.credentialId}`);
  }
}

async function enter(socket: LiveSocket, topic: Topic, room: Room): Promise<void> {
  const before = socket.data.rooms.get(topic);
  if (before !== undefined && before !== room) await socket.leave(before);
  socket.data.rooms.set(topic, room);
  await socket.join([room, `topic:${topic}`]);
}

async function leave(socket: LiveSocket, topic: Topic): Promise<void> {
  const room = socket.data.rooms.get(topic);
  socket.data.rooms.delete(topic);
  if (room !== undefined) await socket.leave(room);
  await socket.leave(`topic:${topic}`);
}
