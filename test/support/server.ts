import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '@palmares/server/app';
import { createDataSource } from '@palmares/server/data-source';
import { Clock } from '@palmares/server/platform/clock';
import { readConfig } from '@palmares/server/platform/config';
import { createLogger } from '@palmares/server/platform/logging';
import { migrate } from '@palmares/server/platform/migrate';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { Client } from './client.js';
import { createDatabase } from './database.js';
import { TestOrganisation } from './organisation.js';

/** In the middle of the challenge of March, at noon in London. */
export const NOON = new Date('2026-03-15T12:00:00Z');

export interface TestServer {
  app: NestFastifyApplication;
  url: string;
  databaseUrl: string;
  clock: Clock;
  /** Whoever comes without a token, or with this one. */
  client(token?: string): Client;
  organisation(names?: readonly string[], more?: object): Promise<TestOrganisation>;
  /** Connects when told to; closed with the server. */
  socket(auth: object, headers?: Record<string, string>): Socket;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** The real server on a fresh database and a free port of this machine, its clock in our hands. */
export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const database = await createDatabase();
  const config = readConfig({ DATABASE_URL: database.url, ...env });
  const dataSource = createDataSource({ url: database.url }, config.poolSize);
  await dataSource.initialize();
  await migrate(dataSource);
  const clock = new Clock();
  clock.travelTo(NOON);
  const app = await createApp({ config, dataSource, clock, logger: createLogger('silent') });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  // A connection may still be on its way out when the database is dropped under it.
  pool.on('error', () => {});
  const sockets: Socket[] = [];
  return {
    app,
    url,
    databaseUrl: database.url,
    clock,
    client: (token) => new Client(url, token),
    organisation: (names = [], more = {}) => TestOrganisation.create(app, url, names, more),
    socket: (auth, extraHeaders = {}) => {
      const socket = io(url, {
        auth,
        extraHeaders,
        transports: ['websocket'],
        autoConnect: false,
        forceNew: true,
      });
      sockets.push(socket);
      return socket;
    },
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await app.close();
      await dataSource.destroy();
      await pool.end();
      await database.drop();
    },
  };
}
