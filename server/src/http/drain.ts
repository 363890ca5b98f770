import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** How long a client may take over its last request or answer. */
const GRACE_MS = 5_000;
const LOOK_MS = 50;

/**
 * On the way out: whatever was asked is answered, a connection that asks nothing more is let go,
 * and one that never comes to an end is cut off.
 */
@Injectable()
export class Drain implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly sockets = new Set<Socket>();
  private look: NodeJS.Timeout | undefined;
  private last: NodeJS.Timeout | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    this.server?.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  beforeApplicationShutdown(): void {
    const { server } = this;
    if (!server) return;
    this.look = setInterval(() => this.letGo(server), LOOK_MS);
    this.last = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.look);
    clearTimeout(this.last);
  }

  /** Browsers open connections in advance; Node does not count one that was never used as idle. */
  private letGo(server: Server): void {
    server.closeIdleConnections();
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }

  /** None in a command. */
  private get server(): Server | undefined {
    return this.host.httpAdapter?.getHttpServer() as Server | undefined;
  }
}
