import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ProblemError } from '../http/problem-error.js';

/** A workbook is unpacked from memory. */
const WORKBOOK_MAX_BYTES = 50_000_000;

/**
 * Writes bytes to a file without a name, which is gone when it is closed, however the process ends.
 * Problems: `body-too-large`.
 */
export async function spooled<T>(
  bytes: AsyncIterable<Buffer>,
  use: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const name = path.join(os.tmpdir(), `palmares-${randomUUID()}`);
  const file = await open(name, 'wx+', 0o600);
  try {
    await unlink(name);
    let size = 0;
    for await (const part of bytes) {
      size += part.length;
      if (size > WORKBOOK_MAX_BYTES) {
        const most = WORKBOOK_MAX_BYTES / 1_000_000;
        const detail = `A workbook may have ${most} MB; CSV may have more`;
        throw new ProblemError('body-too-large', detail);
      }
      await file.appendFile(part);
    }
    return await use(file);
  } finally {
    await file.close();
  }
}
