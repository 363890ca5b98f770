import { setTimeout as pause } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { UndoService } from '../intake/undo.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { isLostConnection } from '../platform/lost-connection.js';
import { LOGGER } from '../platform/platform.module.js';
import { ImportRecorder, PASSING } from './import-recorder.js';
import { sweep } from './import.store.js';
import * as rowsStore from './import-rows.store.js';
import * as store from './lease.store.js';
import { LostLease, type Leased } from './lease.store.js';

const LOOK_MS = 1_000;
const BEAT_MS = 3_000;
const SWEEP_MS = 3_600_000;
/** Organisations do not wait for each other; more would only share the same processor. */
const AT_ONCE = 4;

/**
 * Does what imports wait for, one after the other in each organisation. Who takes one has a lease
 * on it, and says all the while that it is alive; when it is not heard of any more, another process
 * goes on where it stopped. What is recorded is noted in the same transaction, and only by whoever
 * has the lease: so nothing is lost, and nothing done twice.
 */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly owner = uuid();
  private readonly running = new Set<Promise<void>>();
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sweeper: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly recorder: ImportRecorder,
    private readonly undoing: UndoService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A server looks for work; a command does only its own. */
  onApplicationBootstrap(): void {
    if (!this.host.httpAdapter) return;
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.sweeper = setInterval(() => void this.sweep(), SWEEP_MS);
    this.look();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    clearInterval(this.sweeper);
    await this.looking;
    await Promise.all(this.running);
  }

  /** Looks for work now, rather than at the next second. */
  look(): void {
    if (!this.timer || this.stopping) return;
    this.looking ??= this.takeAll().finally(() => (this.looking = undefined));
  }

  /** Does one import here and now, unless another process is at it; answers whether it was. */
  async runNow(organisationId: string, id: string): Promise<boolean> {
    const job = await this.database.transaction((tx) =>
      store.claimOne(tx, this.owner, organisationId, id),
    );
    if (job) await this.run(job);
    return job !== undefined;
  }

  /** Until the next look, for somebody who waits for another process. */
  async pause(): Promise<void> {
    await pause(LOOK_MS / 2);
  }

  private async takeAll(): Promise<void> {
    try {
      while (this.running.size < AT_ONCE && !this.stopping) {
        const job = await this.database.transaction((tx) => store.claim(tx, this.owner));
        if (!job) return;
        const work = this.run(job).finally(() => {
          this.running.delete(work);
          this.look();
        });
        this.running.add(work);
      }
    } catch (error) {
      if (!isLostConnection(error)) this.logger.error({ err: error }, 'cannot look for imports');
    }
  }

  private async run(job: Leased): Promise<void> {
    const beat = setInterval(() => {
      // A lease that is lost is noticed where something would be written.
      this.database.transaction((tx) => store.beat(tx, job)).catch(() => {});
    }, BEAT_MS);
    try {
      await (job.status === 'undoing' ? this.undo(job) : this.record(job));
    } catch (error) {
      await this.giveUp(job, error);
    } finally {
      clearInterval(beat);
    }
  }

  private async record(job: Leased): Promise<void> {
    const read = await this.recorder.reader(job);
    const rowsFrom = (from: number) =>
      this.database.read((tx) => rowsStore.rowsFrom(tx, job.organisationId, job.id, from));
    let before = job.rows;
    for (let rows = await rowsFrom(before); rows.length > 0;) {
      if (this.stopping) return this.letGo(job);
      const next = rowsFrom(before + rows.length);
      // Its failure is heard of when it is asked for.
      next.catch(() => {});
      await this.recorder.record(job, read, rows, before);
      before += rows.length;
      rows = await next;
    }
    const now = this.clock.now();
    await this.database.transaction((tx) => store.finish(tx, job, now, { status: 'done' }));
  }

  private async undo(job: Leased): Promise<void> {
    await this.undoing.undo(job.organisationId, job.id, (tx, undone) =>
      store.addUndone(tx, job, undone),
    );
    const now = this.clock.now();
    await this.database.transaction((tx) => store.finish(tx, job, now, { status: 'undone' }));
  }

  private async letGo(job: Leased): Promise<void> {
    await this.database.transaction((tx) => store.release(tx, job));
  }

  /** Whatever passes is left for the next one who looks; anything else would come again. */
  private async giveUp(job: Leased, error: unknown): Promise<void> {
    const { organisationId, id } = job;
    if (error instanceof LostLease) return;
    const busy = error instanceof ProblemError && PASSING.includes(error.code);
    const passing = busy || isLostConnection(error) || this.stopping;
    this.logger.error({ err: error, organisationId, importId: id }, 'an import has stopped');
    const { code, detail } =
      error instanceof ProblemError
        ? { code: error.code, detail: error.problem.detail ?? error.problem.title }
        : { code: 'internal', detail: 'Something went wrong' };
    const end = passing
      ? this.letGo(job)
      : this.database.transaction((tx) =>
          store.finish(tx, job, this.clock.now(), { status: 'failed', code, detail }),
        );
    // Without an answer the lease runs out.
    await end.catch(() => {});
  }

  /** Lets go of what nobody came back to. */
  async sweep(): Promise<void> {
    await this.database.transaction(sweep).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'cannot sweep imports');
    });
  }
}
