import type { FastifyReply, FastifyRequest } from 'fastify';

/** A text of some length is kept as the bytes that it is sent as. */
export type Text = string | Buffer;
const SHORT = 16_000;

export const textOf = (text: string): Text => (text.length < SHORT ? text : Buffer.from(text));

/** A body that is ready to be sent, in two parts, and by what a reader knows it again. */
export interface Ready {
  etag: string;
  head: string;
  tail: Text;
}

/** Sends JSON that is ready, or only says that the reader has it already. */
export async function sendReady(
  request: FastifyRequest,
  reply: FastifyReply,
  making: Ready | Promise<Ready>,
): Promise<void> {
  const { etag, head, tail } = await making;
  // Whose it is, and whether it is still so, is asked every time.
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) {
    await reply.code(304).send();
    return;
  }
  await reply
    .type('application/json; charset=utf-8')
    .send(typeof tail === 'string' ? head + tail : Buffer.concat([Buffer.from(head), tail]));
}
