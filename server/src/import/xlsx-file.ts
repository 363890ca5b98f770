import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../http/problem-error.js';
import type { SourceTable } from './source-row.js';
import type { WorkbookOrder } from './xlsx-process.js';
import type { WorkbookMessage } from './xlsx-worker.js';

const PATIENCE_MS = 120_000;
const PROCESS = fileURLToPath(new URL('./xlsx-process.js', import.meta.url));

export interface WorkbookShape {
  sheets: string[];
  sheet: string;
}

/**
 * Reads one sheet of a workbook into a table, the first visible one unless a name is given. It is
 * unpacked and parsed in a process whose memory is watched: a workbook made to burst ends that
 * process alone, whatever sizes it declares. Problems: `file-unreadable`.
 */
export async function readXlsx(
  file: FileHandle,
  wanted: string | undefined,
  table: SourceTable,
): Promise<WorkbookShape> {
  const child = fork(PROCESS, [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', file.fd],
    serialization: 'advanced',
    execArgv: [],
    env: {},
  });
  const gone = once(child, 'close');
  const tooLong = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await takeAll(child, wanted, table, tooLong);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw tooSlow();
    throw error;
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

const tooMuch = () =>
  new ProblemError('file-unreadable', 'The workbook unpacks to more than is accepted');

const tooSlow = () =>
  new ProblemError('file-unreadable', 'Reading the workbook took too long: save it as CSV');

async function takeAll(
  child: ChildProcess,
  sheet: string | undefined,
  table: SourceTable,
  signal: AbortSignal,
): Promise<WorkbookShape> {
  const tell = (order: WorkbookOrder) => child.connected && child.send(order, () => {});
  const messages = on(child, 'message', { signal, close: ['close'] });
  tell({ sheet });
  let shape: WorkbookShape | undefined;
  for await (const [message] of messages) {
    const said = message as WorkbookMessage;
    if ('failure' in said) throw new ProblemError('file-unreadable', said.failure);
    if ('end' in said) {
      if (shape) return shape;
      break;
    }
    if ('sheets' in said) shape = said;
    else for (const [line, cells] of said.rows) await table.add(line, cells);
    tell('taken');
  }
  // It has ended before the end of the file: by itself, for its memory.
  throw tooMuch();
}
