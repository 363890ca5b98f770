import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';

interface Arriving {
  timer: NodeJS.Timeout;
  end: () => void;
}

/**
 * Ends requests whose body does not arrive in time. Node has one limit for all requests, and files
 * need a longer one than everything else.
 */
@Injectable()
export class Patience {
  /** How long a request may take to arrive whole, unless its route gives it longer. */
  usualMs = 30_000;
  private readonly arriving = new WeakMap<IncomingMessage, Arriving>();

  /** Looks at every request that brings a body. */
  stand(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      if (encoding === undefined && (length === undefined || length === '0')) return;
      const end = () => {
        if (request.complete) return;
        const error = Object.assign(new Error('The body has not come in time'), {
          code: 'ERR_HTTP_REQUEST_TIMEOUT',
        });
        // The framework answers 408, where nothing has been answered yet.
        if (response.headersSent) request.socket.destroy();
        else server.emit('clientError', error, request.socket);
      };
      this.arriving.set(request, { timer: setTimeout(end, this.usualMs).unref(), end });
      request.once('close', () => clearTimeout(this.arriving.get(request)?.timer));
    });
  }

  /** Lets the body of a request take so long from now. */
  extend(request: IncomingMessage, ms: number): void {
    const known = this.arriving.get(request);
    if (!known) return;
    clearTimeout(known.timer);
    known.timer = setTimeout(known.end, ms).unref();
  }
}
