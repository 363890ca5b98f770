import type { Server } from 'node:http';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
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
export class Drain implements BeforeApplicationShutdown, OnApplicationShutdown {
  private look: NodeJS.Timeout | undefined;
  private last: NodeJS.Timeout | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    // A command has no server.
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (!server) return;
    this.look = setInterval(() => server.closeIdleConnections(), LOOK_MS);
    this.last = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.look);
    clearTimeout(this.last);
  }
}
