import 'reflect-metadata';
import type { IncomingMessage, Server } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { FILE_MAX_BYTES } from '@palmares/shared/import/import';
import { LogController, type FastifyInstance, type FastifyReply } from 'fastify';
import { AppModule } from './app.module.js';
import { Entrance, OPEN_BODY_MAX_BYTES } from './http/entrance.js';
import { readJson } from './http/json.js';
import { Methods } from './http/methods.js';
import { Metrics } from './http/metrics.js';
import { openapi } from './http/openapi.js';
import { servePages } from './http/pages.js';
import { Patience } from './http/patience.js';
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

/** The longest id of an activity: its source and external id, with each character escaped twice. */
const PARAMETER_MAX = 8_000;

/** How long a file, and the headers of any request, may take to arrive; how often that is looked at. */
const FILE_MS = 15 * 60_000;
const HEADERS_MS = 20_000;
const LOOK_MS = 5_000;

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

/** The whole server, ready to listen. */
export async function createApp(surroundings: Surroundings): Promise<NestFastifyApplication> {
  const { config, logger } = surroundings;
  const adapter = new FastifyAdapter({
    loggerInstance: logger as never,
    logController: new LogController({ disableRequestLogging: true }),
    // Of an address that no route has, too; routes declare more.
    bodyLimit: OPEN_BODY_MAX_BYTES,
    requestTimeout: FILE_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_MS },
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
  app.get(Entrance).observe(fastify);
  secure(fastify, config.publicUrl);
  app.get(Site).watch(fastify);
  await app.register(fastifyCookie, { hook: false });
  await acceptFiles(app, formRoutes, { maxBytes: FILE_MAX_BYTES, maxMs: FILE_MS });
  app.useWebSocketAdapter(new SocketAdapter(app));
  describe(app, fastify);
  if (config.clientDist) await servePages(app, config.clientDist);
  await app.init();
  const server = app.getHttpServer() as Server;
  app.get(Quick).stand(server);
  app.get(Patience).stand(server);
  await app.get(Signal).listen();
  return app;
}
