const SEPARATORS = [';', '\t', ','];
const LINES = 50;

/** The lines of a text, those between quotation marks not cut; the last one may be half. */
function* records(text: string): Generator<string> {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (quoted || (text[at] !== '\n' && text[at] !== '\r')) continue;
    if (at > from) yield text.slice(from, at);
    from = at + 1;
  }
}

function cells(record: string, separator: string): number {
  let count = 1;
  let quoted = false;
  for (const character of record) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) count += 1;
  }
  return count;
}

/**
 * What separates the cells of a text: that by which most of the first lines have as many cells as
 * the first one. Excel may say so itself, in a first line `sep=;`.
 */
export function separatorOf(text: string): { separator: string; begin: number } {
  const said = /^sep=([;,\t|])(?:\r\n|\n|\r)/i.exec(text);
  if (said) return { separator: said[1] ?? ';', begin: said[0].length };
  const lines: string[] = [];
  for (const line of records(`${text}\n`)) {
    lines.push(line);
    if (lines.length === LINES) break;
  }
  const best = SEPARATORS.map((separator) => {
    const [header = 1, ...others] = lines.map((line) => cells(line, separator));
    const alike = others.filter((count) => count === header).length + 1;
    return { separator, score: header > 1 ? alike * 1_000 + Math.min(header, 999) : 0 };
  }).reduce((a, b) => (b.score > a.score ? b : a));
  return { separator: best.score === 0 ? ',' : best.separator, begin: 0 };
}
