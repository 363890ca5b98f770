import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Where whatever has no other place is looked for. */
const ANYTHING = '/*';

/** A pattern of addresses as a test of what is asked for. */
function testOf(url: string): RegExp {
  const plain = (part: string) => part.replaceAll(/\W/g, String.raw`\$&`);
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : plain(part)));
  return new RegExp(`^${parts.join('/')}$`);
}

/** Which methods each address has: whoever comes with another one is told. */
@Injectable()
export class Methods {
  private readonly known = new Map<string, { test: RegExp; methods: Set<string> }>();

  observe(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      if (url === ANYTHING) return;
      let one = this.known.get(url);
      if (!one) this.known.set(url, (one = { test: testOf(url), methods: new Set() }));
      for (const name of [method].flat()) one.methods.add(name);
    });
  }

  /** Those of the address that is asked for; none where there is nothing at all. */
  of({ url }: Pick<FastifyRequest, 'url'>): string[] {
    const path = url.split('?', 1)[0] ?? '';
    const found = [...this.known.values()].filter((one) => one.test.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted();
  }
}
