import 'reflect-metadata';
import type { IncomingMessage, Server } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { FILE_MAX_BYTES } from '@palmares/shared/import/import';
import { LogController, type FastifyInstance, type FastifyReply } from 'fastify';
import { AppModule } from './app.module.js';
import { Methods } from './http/methods.js';
import { Metrics } from './http/metrics.js';
import { openapi } from './http/openapi.js';
import { servePages } from './http/pages.js';
import { answerUnreadable } from './http/problem.filter.js';
import { Quick } from './http/quick.js';
import { logRequests, requestIdOf } from './http/request-log.js';
import { secure } from './http/security.js';
import { Site } from './http/site.js';
import { acceptFiles } from './http/upload.js';
import { formRoutes } from './import/import-form.js';
import { SocketAdapter } from './live/socket.adapter.js';
import { Signal } from './live/signal.js';
import { NestLogger } from './platform/logging.js';
import type { Surroundings } from './platform/platform.module.js';

export const VERSION = '0.1.0';

/** Five thousand activities of an ordinary size fit twice. */
const BODY_MAX_BYTES = 8_000_000;

/** The longest id of an activity: its source and external id, with each character escaped twice. */
const PARAMETER_MAX = 8_000;

/** The docs page brings inline styles that the policy refuses; this hides what they would. */
const DOCS_CSS = 'body{margin:0}body>svg{display:none}.swagger-ui .topbar{display:none}';

function describe(app: NestFastifyApplication, fastify: FastifyInstance): void {
  // Made when it is first asked for: most starts are not for reading.
  SwaggerModule.setup('api/docs', app, () => openapi(app, VERSION), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Palmarès API',
    customCssUrl: '/api/docs.css',
  });
  fastify.get('/api/docs.css', (_request, reply: FastifyReply) =>
    reply.type('text/css').send(DOCS_CSS),
  );
}

/** JSON, or nothing at all: a command that needs no body may come with an empty one. */
function readJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
}

/** The whole server, ready to listen. */
export async function createApp(surroundings: Surroundings): Promise<NestFastifyApplication> {
  const { config, logger } = surroundings;
  const adapter = new FastifyAdapter({
    loggerInstance: logger as never,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers['x-request-id']),
    routerOptions: { maxParamLength: PARAMETER_MAX },
    trustProxy: config.trustProxy,
    forceCloseConnections: true,
    frameworkErrors: answerUnreadable,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(surroundings),
    adapter,
    { logger: new NestLogger(logger), bodyParser: false },
  );
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  // What is left is JSON: nothing that a page elsewhere could send without asking.
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  readJson(fastify);
  logRequests(fastify);
  app.get(Metrics).observe(fastify);
  app.get(Methods).observe(fastify);
  secure(fastify, config.publicUrl);
  app.get(Site).watch(fastify);
  await app.register(fastifyCookie, { hook: false });
  await acceptFiles(app, formRoutes, FILE_MAX_BYTES);
  app.useWebSocketAdapter(new SocketAdapter(app));
  describe(app, fastify);
  if (config.clientDist) await servePages(app, config.clientDist);
  await app.init();
  app.get(Quick).stand(app.getHttpServer() as Server);
  await app.get(Signal).listen();
  return app;
}
