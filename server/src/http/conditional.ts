import type { FastifyReply, FastifyRequest } from 'fastify';

/** A body that is ready to be sent, in two parts, and by what a reader knows it again. */
export interface Ready {
  etag: string;
  head: string;
  tail: Buffer;
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
    .send(Buffer.concat([Buffer.from(head), tail]));
}
