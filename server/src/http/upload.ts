import multipart, { type MultipartFile } from '@fastify/multipart';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Patience } from './patience.js';
import { ProblemError } from './problem-error.js';

const FIELD_MAX_BYTES = 1_000_000;
const FIELDS_MAX = 10;

/** Lets these routes take forms with a file; JSON is still what every other route reads. */
export async function acceptFiles(
  app: NestFastifyApplication,
  routes: readonly string[],
  { maxBytes, maxMs }: { maxBytes: number; maxMs: number },
): Promise<void> {
  await app.register(multipart, {
    limits: {
      files: 1,
      fields: FIELDS_MAX,
      parts: FIELDS_MAX + 1,
      fieldSize: FIELD_MAX_BYTES,
      fileSize: maxBytes,
    },
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const patience = app.get(Patience);
  fastify.addHook('preParsing', (request, _reply, _payload, done) => {
    if (routes.includes(request.routeOptions.url ?? '')) patience.extend(request.raw, maxMs);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    const welcome = !request.isMultipart() || routes.includes(request.routeOptions.url ?? '');
    done(welcome ? undefined : new ProblemError('content-type-unsupported'));
  });
}

/** A form with one file, read as it comes. */
export class Upload {
  /** The fields that have come so far: all of them once the file has been taken. */
  readonly fields: Record<string, string> = {};

  constructor(private readonly request: FastifyRequest) {}

  /**
   * Hands over the file, and then reads the fields behind it. Problems: `invalid` without a file,
   * `content-type-unsupported`, `body-too-large`.
   */
  async take<T>(
    use: (name: string, bytes: AsyncIterable<Buffer>, rest: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    if (!this.request.isMultipart()) throw new ProblemError('content-type-unsupported');
    const parts = this.request.parts();
    const next = async (): Promise<MultipartFile | undefined> => {
      for (;;) {
        const { value: part, done } = await parts.next();
        if (done || !part) return undefined;
        if (part.type === 'file') return part;
        if (part.valueTruncated) throw new ProblemError('body-too-large');
        this.fields[part.fieldname] = String(part.value);
      }
    };
    const file = await next();
    if (!file) {
      throw new ProblemError('invalid', undefined, [{ pointer: '/file', detail: 'a file' }]);
    }
    const rest = async () => {
      await next();
    };
    try {
      return await use(file.filename, wholeOf(file), rest);
    } catch (error) {
      this.letRun();
      throw error;
    }
  }

  /** What is still on its way is passed over: else the connection would stand still after the answer. */
  private letRun(): void {
    const { raw } = this.request;
    raw.unpipe();
    raw.resume();
  }
}

/** Whoever sends has gone: nobody of ours has failed, least of all the database. */
function brokenOff(error: unknown): unknown {
  const gone = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
  return gone ? new ProblemError('malformed-request', 'The upload broke off') : error;
}

/** Past its limit a stream ends as if the file had: what is cut off is not the file. */
async function* wholeOf({ file }: MultipartFile): AsyncGenerator<Buffer> {
  try {
    yield* file as AsyncIterable<Buffer>;
  } catch (error) {
    throw brokenOff(error);
  }
  if (file.truncated) throw new ProblemError('body-too-large', 'The file is too large');
}

/** The form that a request brings. */
export const Form = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  return new Upload(context.switchToHttp().getRequest<FastifyRequest>());
});
