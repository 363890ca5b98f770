import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

const WITHOUT_PAGES = /^\/(?:api|assets)(?:\/|$)/;
const isOfFile = (path: string) => path.slice(path.lastIndexOf('/')).includes('.');

/**
 * True where the page is the answer: for a browser, and for monitors, previews of links and command
 * lines, which take whatever there is. A file that is not there is not the page, nor is what a
 * client asks for as JSON.
 */
function wantsPage(path: string, accept = '*/*'): boolean {
  if (WITHOUT_PAGES.test(path)) return false;
  return accept.includes('text/html') || !(accept.includes('json') || isOfFile(path));
}

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
    const [path = ''] = request.url.split('?', 1);
    if (!wantsPage(path, request.headers.accept)) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
