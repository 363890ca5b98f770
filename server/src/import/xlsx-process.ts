// Reads a workbook in a process of its own, whose memory is watched: see xlsx-file.ts. The reading is
// done in a thread, so that the watch goes on whatever the reader does.
import { fstatSync, readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../http/problem-error.js';
import type { WorkbookMessage, WorkbookTask } from './xlsx-worker.js';
import { checkWorkbook } from './zip-shape.js';

/** What the whole process may hold: the file, what it unpacks to, and some 70 MB of its own. */
const MEMORY_MAX_BYTES = 640_000_000;
const HEAP_MAX_MB = 400;
const WATCH_MS = 20;

/** Where the file lies open: after the usual three and the channel. */
const FILE = 4;

/** What the server sends: the sheet that is wanted, and then that it has taken a message. */
export type WorkbookOrder = { sheet: string | undefined } | 'taken';

const end = () => process.kill(process.pid, 'SIGKILL');

function wholeFile(): Buffer {
  const file = Buffer.alloc(fstatSync(FILE).size);
  let at = 0;
  while (at < file.length) {
    const read = readSync(FILE, file, at, file.length - at, at);
    if (read === 0) throw new ProblemError('file-unreadable', 'The workbook is not complete');
    at += read;
  }
  return file;
}

function tell(message: WorkbookMessage): void {
  process.send?.(message);
}

function read(sheet: string | undefined, taken: Int32Array): void {
  const file = wholeFile();
  checkWorkbook(file);
  const task: WorkbookTask = { file, sheet, taken };
  const worker = new Worker(new URL('./xlsx-worker.js', import.meta.url), {
    workerData: task,
    transferList: [file.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
  });
  worker.on('message', tell);
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end();
    else tell({ failure: error.message });
  });
}

const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
setInterval(() => process.memoryUsage.rss() > MEMORY_MAX_BYTES && end(), WATCH_MS);
// The server has gone.
process.on('disconnect', end);
process.on('message', (order: WorkbookOrder) => {
  if (order === 'taken') {
    Atomics.add(taken, 0, 1);
    Atomics.notify(taken, 0);
    return;
  }
  try {
    read(order.sheet, taken);
  } catch (error) {
    tell({ failure: (error as Error).message });
  }
});
