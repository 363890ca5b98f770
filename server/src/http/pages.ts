import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Serves the built client: files as they are, any other page by its index. */
export async function servePages(app: NestFastifyApplication, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    // Of the front page as of every other one: the route below sends it.
    index: false,
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    setHeaders: (reply, file) => {
      const lasting = file.includes('/assets/');
      void reply.header(
        'cache-control',
        lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  // Nest owns the not-found handler; '/*' is the route that matches last.
  fastify.get('/*', (request, reply) => {
    const page = !request.url.startsWith('/api') && request.headers.accept?.includes('text/html');
    if (!page) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
