import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem-error.js';

/** More than any body of ours has: how deep it goes, and how much one object or list holds. */
const DEPTH_MAX = 32;
const FIELDS_MAX = 1_000;
const ITEMS_MAX = 50_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Where the text that begins at a quotation mark ends; -1 where it does not. */
function endOfText(json: string, from: number): number {
  for (let at = from + 1; ; at++) {
    at = json.indexOf('"', at);
    if (at === -1) return -1;
    let before = at - 1;
    while (json.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
}

/**
 * What makes a JSON text cost more than its length: many levels, an object of many fields, a long
 * list. Looking costs a tenth of reading it. Undefined where there is nothing of the kind, and for
 * what is no JSON.
 */
export function excessOf(json: string): string | undefined {
  const left = [1];
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(json, at);
      if (at === -1) return undefined;
    } else if (code === COMMA) {
      const more = (left[depth] ?? 0) - 1;
      if (more <= 0) return 'an object or a list is too long';
      left[depth] = more;
    } else if (code === LIST || code === OBJECT) {
      depth += 1;
      if (depth > DEPTH_MAX) return `more than ${DEPTH_MAX} levels`;
      left[depth] = code === LIST ? ITEMS_MAX : FIELDS_MAX;
    } else if (code === LIST_END || code === OBJECT_END) {
      if (depth === 0) return undefined;
      depth -= 1;
    }
  }
  return undefined;
}

/** Reads JSON, or nothing at all: a command that needs no body may come with an empty one. */
export function readJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body as string;
    if (text === '') return done(null, undefined);
    const excess = excessOf(text);
    if (excess !== undefined) return done(new ProblemError('malformed-request', excess), undefined);
    void parse(request, text, done);
  });
}
