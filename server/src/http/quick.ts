import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../platform/config.js';
import { CONFIG, LOGGER } from '../platform/platform.module.js';
import type { Ready } from './conditional.js';
import { Metrics } from './metrics.js';
import { securityHeaders, transportHeaders } from './security.js';

/** What a route has ready for a request; undefined where it has to be asked in the usual way. */
export type QuickRoute = (request: IncomingMessage) => Ready | Promise<Ready> | undefined;

const OF_JSON = ['content-type', 'application/json; charset=utf-8'];

/**
 * A way past the framework for answers that lie ready in memory: thousands ask for a board at once.
 * Whatever is not quite usual goes the usual way, and what is answered here is answered the same.
 */
@Injectable()
export class Quick {
  private readonly routes: { pattern: string; route: QuickRoute }[] = [];
  private waiting: (() => void)[] = [];
  /** As a list, which is sent as it is. */
  private readonly headers: string[];

  constructor(
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) { publicUrl }: Config,
  ) {
    const headers = { ...securityHeaders, ...transportHeaders(publicUrl) };
    this.headers = Object.entries({ ...headers, 'cache-control': 'private, no-cache' }).flat();
  }

  serve(pattern: string, route: QuickRoute): void {
    this.routes.push({ pattern, route });
  }

  /** Stands before whatever answers the requests of a server. */
  stand(server: Server): void {
    const usual = server.listeners('request') as ((...of: unknown[]) => void)[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (!this.answers(request, response, () => pass())) pass();

      function pass(): void {
        for (const listener of usual) listener.call(server, request, response);
      }
    });
  }

  private answers(request: IncomingMessage, response: ServerResponse, pass: () => void): boolean {
    if (request.method !== 'GET' || request.headers['x-request-id'] !== undefined) return false;
    const since = performance.now();
    for (const { pattern, route } of this.routes) {
      const ready = attempt(route, request);
      if (!ready) continue;
      const send = (answer: Ready) => {
        const id = randomUUID();
        const status = this.send(request, response, answer, id);
        this.note(request, pattern, { status, id, ms: performance.now() - since });
      };
      // What fails fails in the usual way, which says how.
      if (ready instanceof Promise) void ready.then(send, pass);
      else this.soon(() => send(ready));
      return true;
    }
    return false;
  }

  /** What is asked in one turn of the event loop is answered together: that wakes readers once. */
  private soon(answer: () => void): void {
    if (this.waiting.push(answer) > 1) return;
    setImmediate(() => {
      const { waiting } = this;
      this.waiting = [];
      for (const one of waiting) one();
    });
  }

  private send(
    request: IncomingMessage,
    response: ServerResponse,
    { etag, head, tail }: Ready,
    id: string,
  ): number {
    const known = request.headers['if-none-match'] === etag;
    if (known) {
      response.writeHead(304, [...this.headers, 'etag', etag, 'x-request-id', id]).end();
      return 304;
    }
    const length = String(Buffer.byteLength(head) + Buffer.byteLength(tail));
    const own = ['content-length', length, 'etag', etag, 'x-request-id', id];
    response.writeHead(200, [...this.headers, ...OF_JSON, ...own]);
    // A text goes out together with the headers, in one piece.
    if (typeof tail === 'string') response.end(head + tail);
    else {
      response.write(head);
      response.end(tail);
    }
    return 200;
  }

  private note(request: IncomingMessage, pattern: string, { status, id, ms }: Answered): void {
    this.metrics.note('GET', pattern, status, ms);
    if (!this.logger.isLevelEnabled('info')) return;
    const path = request.url?.split('?', 1)[0];
    const line = { reqId: id, method: 'GET', path, status, ms: Math.round(ms * 10) / 10 };
    this.logger.info(line, 'answered');
  }
}

interface Answered {
  status: number;
  id: string;
  ms: number;
}

/** What fails at once fails in the usual way too: nobody else would catch it here. */
function attempt(route: QuickRoute, request: IncomingMessage) {
  try {
    return route(request);
  } catch {
    return undefined;
  }
}
