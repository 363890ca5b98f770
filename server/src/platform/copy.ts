import { Readable } from 'node:stream';
import pg from 'pg';

/** The part of the driver's connection that speaks of COPY. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/**
 * `COPY … FROM STDIN` of lines that are all there. They follow the statement at once, without
 * waiting to be asked for: if the statement fails, PostgreSQL passes over them. So it can stand
 * among other statements that nobody waits for.
 */
class CopyIn extends pg.Query {
  constructor(into: string, lines: Buffer, done: (error?: Error) => void) {
    super(`copy ${into} from stdin`, done);
    const sendStatement = this.submit.bind(this);
    this.submit = (connection) => {
      const { stream } = connection;
      stream.cork();
      sendStatement(connection);
      (connection as CopyConnection).sendCopyFromChunk(lines);
      (connection as CopyConnection).endCopyFrom();
      stream.uncork();
    };
  }

  /** They are on their way already. */
  handleCopyInResponse(): void {}
}

/** Appends lines in COPY's text format to a table. */
export async function copyIn(client: pg.ClientBase, into: string, lines: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const done = (error?: Error) => (error ? reject(error) : resolve());
    client.query(new CopyIn(into, Buffer.from(lines), done));
  });
}

/** `COPY … TO STDOUT`, no faster than it is read. */
class CopyOut extends pg.Query {
  readonly lines: Readable;

  constructor(from: string) {
    let connection: pg.Connection | undefined;
    const lines = new Readable({ read: () => void connection?.stream.resume() });
    super(`copy ${from} to stdout`, (error) => {
      // The end may have come together with lines that nobody has read yet: the connection serves on.
      connection?.stream.resume();
      if (error) lines.destroy(error);
      else lines.push(null);
    });
    this.lines = lines;
    const sendStatement = this.submit.bind(this);
    this.submit = (given) => {
      connection = given;
      sendStatement(given);
    };
  }

  /** The driver reads the next message over this one. */
  handleCopyData({ chunk }: { chunk: Buffer }, { stream }: pg.Connection): void {
    if (!this.lines.push(Buffer.from(chunk))) stream.pause();
  }
}

/** The rows of a table in COPY's text format; the connection answers nothing else until their end. */
export function copyOut(client: pg.ClientBase, from: string): Readable {
  return client.query(new CopyOut(from)).lines;
}
