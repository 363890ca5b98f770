import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus may read. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  /** By what they are noted, so that it is not looked up by its labels each time. */
  private readonly lines = new Map<string, ReturnType<typeof this.duration.labels>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  note(method: string, route: string, status: number, ms: number): void {
    const key = `${method} ${status} ${route}`;
    let line = this.lines.get(key);
    if (!line) this.lines.set(key, (line = this.duration.labels(method, route, String(status))));
    line.observe(ms / 1000);
  }

  observe(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      this.note(request.method, route, reply.statusCode, reply.elapsedTime);
      done();
    });
  }
}
