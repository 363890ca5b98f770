import { Inject, Injectable } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { problem, type Problem } from '@palmares/shared/problem/catalogue';
import { subscribeSchema, type ServerEvents, type Topic } from '@palmares/shared/live/event';
import type { Logger } from 'pino';
import type { Server, Socket } from 'socket.io';
import { problemOf } from '../http/problem.filter.js';
import { LOGGER } from '../platform/platform.module.js';
import { Signal } from './signal.js';

/** Who holds a socket: what was shown at the door, and whatever the door knows of its bearer. */
export interface Holder<Bearer = unknown> {
  credentialId: string;
  bearer: Bearer;
}

interface SocketData {
  holder: Holder;
}
type Sockets = Server<object, ServerEvents, object, SocketData>;
type LiveSocket = Socket<object, ServerEvents, object, SocketData>;

/** Finds out who sends a token; throws a problem when nobody does. */
export type Door = (token: string) => Promise<Holder>;

/** Decides whether a bearer may hear a topic; answers its present version. */
export type TopicKeeper = (bearer: unknown, id: string) => Promise<{ version: number }>;

export type Subscribed = { ok: true; version: number } | { ok: false; problem: Problem };

/** Sockets and topics. It knows no business word: rooms register doors and topics. */
@Injectable()
@WebSocketGateway()
export class LiveGateway {
  @WebSocketServer() private readonly server: Sockets;
  private readonly keepers = new Map<string, TopicKeeper>();
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
    const { topic } = parsed.data;
    const colon = topic.indexOf(':');
    const keeper = this.keepers.get(topic.slice(0, colon));
    if (!keeper) return { ok: false, problem: problem('not-found') };
    try {
      // Joined first, so that nothing that happens meanwhile is missed.
      await socket.join(topic);
      return { ok: true, ...(await keeper(socket.data.holder.bearer, topic.slice(colon + 1))) };
    } catch (error) {
      await socket.leave(topic);
      const refusal = problemOf(error);
      if (refusal.status >= 500) this.logger.error({ err: error }, 'subscription failed');
      return { ok: false, problem: refusal };
    }
  }

  /** Sends to the sockets of this process. */
  emit<Name extends keyof ServerEvents>(
    topic: Topic,
    event: Name,
    frame: Parameters<ServerEvents[Name]>[0],
  ): void {
    this.server.local.to(topic).emit(event, ...([frame] as Parameters<ServerEvents[Name]>));
  }

  hasListeners(topic: Topic): boolean {
    return (this.server.sockets.adapter.rooms.get(topic)?.size ?? 0) > 0;
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
    const { link, key } = socket.handshake.auth as Record<string, unknown>;
    const token = link ?? key;
    socket.data.holder = await this.enter(typeof token === 'string' ? token : '');
    await socket.join(`credential:${socket.data.holder.credentialId}`);
  }

  private enter(token: string): Promise<Holder> {
    if (!this.door) throw new Error('no door');
    return this.door(token);
  }

  private dismiss(credentialId: string): void {
    this.server.local.in(`credential:${credentialId}`).disconnectSockets(true);
  }
}
