/** What says where an error is from, and nothing of the data it was about. */
const NAMED = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall'];
/** PostgreSQL's class of faults in data: their messages quote it. */
const ABOUT_DATA = /^22/;
const DEEPEST = 4;

/**
 * An error as the log has it. An error of the database carries the row (`detail`, `where`) and the
 * parameters of the statement: names, e-mails and hashes, which no log may keep.
 */
export function errorInLog(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const known = error as Error & Record<string, unknown>;
  const quotes = ABOUT_DATA.test(String(known['code']));
  const plain = (text: string) => (quotes ? text.replaceAll(/"[^"]*"/g, '"…"') : text);
  const { message, stack = '' } = error;
  const deeper = (one: unknown) => errorInLog(one, depth + 1);
  return {
    type: error.constructor.name,
    message: plain(message),
    stack: plain(message) + (stack.includes(message) ? stack.split(message).at(-1) : stack),
    ...Object.fromEntries(
      NAMED.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
    ),
    ...(error.cause && depth < DEEPEST ? { cause: deeper(error.cause) } : {}),
    ...(error instanceof AggregateError && depth < DEEPEST
      ? { errors: error.errors.map(deeper) }
      : {}),
  };
}
