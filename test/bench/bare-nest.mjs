// The rival of the start: Nest on Fastify with a pool of connections to the same embedded PostgreSQL.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { startEmbedded } from '@palmares/server/platform/embedded';
import pg from 'pg';

const embedded = await startEmbedded(process.env.DATA_DIR);
const pool = new pg.Pool({ ...embedded.cfg, max: 10 });
// While everything stops, the database may be the first to close a connection.
pool.on('error', () => undefined);

class ReadyController {
  async ready() {
    await pool.query('select 1');
    return { status: 'ok' };
  }
}
const descriptor = Object.getOwnPropertyDescriptor(ReadyController.prototype, 'ready');
Get('ready')(ReadyController.prototype, 'ready', descriptor);
Controller()(ReadyController);

class BareModule {}
Module({ controllers: [ReadyController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env.PORT), process.env.HOST);

async function stop() {
  await app.close();
  await pool.end();
  await embedded.stop();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('disconnect', () => void stop());
