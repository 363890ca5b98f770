import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { problem, type Problem } from '@palmares/shared/problem/catalogue';
import { subscribeSchema, type Room, type ServerEvents } from '@palmares/shared/live/event';
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

/** What somebody brings who wants to come in. */
export interface Knock {
  auth: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** Finds out who knocks; throws a problem when it is nobody. */
export type Door = (knock: Knock) => Promise<Holder>;

/** Decides whether a bearer may hear a topic; answers its present version. */
export interface TopicKeeper {
  /** Where those gather who hear the same, for a topic that is not the same for everybody. */
  room?: (bearer: unknown) => Room;
  watch: (bearer: unknown, id: string) => Promise<{ version: number }>;
}

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
    const [prefix = '', id = ''] = topic.split(':');
    const keeper = this.keepers.get(prefix);
    if (!keeper) return { ok: false, problem: problem('not-found') };
    const { bearer } = socket.data.holder;
    let room: Room | undefined;
    try {
      room = keeper.room?.(bearer) ?? (topic as Room);
      // Joined first, so that nothing that happens meanwhile is missed.
      await socket.join(room);
      return { ok: true, ...(await keeper.watch(bearer, id)) };
    } catch (error) {
      if (room) await socket.leave(room);
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
    socket.data.holder = await this.door({ auth, headers });
    await socket.join(`credential:${socket.data.holder.credentialId}`);
  }
}
