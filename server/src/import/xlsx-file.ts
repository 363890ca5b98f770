import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../http/problem-error.js';
import type { SourceTable } from './source-row.js';
import type { WorkbookMessage, WorkbookTask } from './xlsx-worker.js';
import { checkWorkbook } from './zip-shape.js';

const HEAP_MAX_MB = 400;
const PATIENCE_MS = 120_000;

export interface WorkbookShape {
  sheets: string[];
  sheet: string;
}

/**
 * Reads one sheet of a workbook into a table, the first visible one unless a name is given. It is
 * unpacked and parsed in a thread whose memory is limited: a workbook made to burst ends that
 * thread alone. Problems: `file-unreadable`.
 */
export async function readXlsx(
  file: Buffer,
  wanted: string | undefined,
  table: SourceTable,
): Promise<WorkbookShape> {
  checkWorkbook(file);
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const task: WorkbookTask = { file: new Uint8Array(file), sheet: wanted, taken };
  const worker = new Worker(new URL('./xlsx-worker.js', import.meta.url), {
    workerData: task,
    transferList: [task.file.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
  });
  const tooLong = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await takeAll(worker, taken, table, tooLong);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const burst = code === 'ERR_WORKER_OUT_OF_MEMORY' || tooLong.aborted;
    const detail = burst ? 'The workbook unpacks to more than is accepted' : message;
    throw new ProblemError('file-unreadable', detail);
  } finally {
    await worker.terminate();
  }
}

async function takeAll(
  worker: Worker,
  taken: Int32Array,
  table: SourceTable,
  signal: AbortSignal,
): Promise<WorkbookShape> {
  let shape: WorkbookShape | undefined;
  for await (const [message] of on(worker, 'message', { signal, close: ['exit'] })) {
    const said = message as WorkbookMessage;
    if ('failure' in said) throw new ProblemError('file-unreadable', said.failure);
    if ('end' in said) break;
    if ('sheets' in said) shape = said;
    else for (const [line, cells] of said.rows) await table.add(line, cells);
    Atomics.add(taken, 0, 1);
    Atomics.notify(taken, 0);
  }
  if (!shape) throw new ProblemError('file-unreadable', 'The workbook has no sheet');
  return shape;
}
