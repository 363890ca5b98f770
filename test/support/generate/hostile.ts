import { sharedTexts, workbookOf, zipOf } from './workbook.js';

/** One thing that a thief sends, and by whom it may be sent. */
export interface Hostile {
  what: string;
  url: string;
  /** A key is shown with it. */
  known?: true;
  body: string | FormData;
  /** Where it is no JSON. */
  type?: string;
}

const fill = (unit: (n: number) => string, bytes: number): string => {
  const size = unit(1_000_000).length;
  return Array.from({ length: Math.floor(bytes / size) }, (_, n) => unit(n)).join('');
};

/** Texts that have stopped readers of JSON, of schemas and of patterns, about so long. */
const bodies: Record<string, (bytes: number) => string> = {
  'unknown fields': (bytes) => `{"a":1${fill((n) => `,"k${n}":${n}`, bytes)}}`,
  'fields without end': (bytes) => `{"${'k'.repeat(bytes)}":1}`,
  'open brackets': (bytes) => '['.repeat(bytes),
  'nested lists': (bytes) => `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
  'nested objects': (bytes) => `${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}`,
  'an e-mail of points': (bytes) => JSON.stringify({ email: 'a.'.repeat(bytes / 2), password: '' }),
  'an e-mail of ats': (bytes) => JSON.stringify({ email: '@a'.repeat(bytes / 2), password: '' }),
  digits: (bytes) => `{"email":${'1'.repeat(bytes)}}`,
  escapes: (bytes) => `{"email":"${'\\u0000'.repeat(bytes / 6)}"}`,
  'a prototype': (bytes) => `{"__proto__":{"a":[${'{},'.repeat(bytes / 3)}{}]}}`,
};

/** Items of a batch that have cost much, or were answered at length. */
const items: Record<string, (bytes: number) => string> = {
  'unknown fields': (bytes) => `{"a":1${fill((n) => `,"k${n}":${n}`, bytes)}}`,
  'long texts': (bytes) => `{"source":"${'x'.repeat(bytes)}"}`,
  'long numbers': (bytes) => `{"amount":"1.${'0'.repeat(bytes)}1"}`,
  'long instants': (bytes) => `{"occurredAt":"2026-03-01T00:00:00.${'0'.repeat(bytes)}Z"}`,
  'many attributes': (bytes) => `{"attributes":{"a":1${fill((n) => `,"k${n}":${n}`, bytes)}}}`,
  'many lines': (bytes) => `{"lines":[${'{"product":1},'.repeat(bytes / 14)}1]}`,
  'nested attributes': (bytes) =>
    `{"attributes":${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}}`,
};

const few = (bytes: number, item: (bytes: number) => string) => `{"activities":[${item(bytes)}]}`;
const many = (bytes: number, item: (bytes: number) => string) =>
  `{"activities":[${Array(5_000)
    .fill(item(bytes / 5_000))
    .join(',')}]}`;

/** Cells that a pattern could try for ever, as a column of numbers, dates and addresses. */
const cells: Record<string, string> = {
  'zeros and a one': `1.${'0'.repeat(32_000)}1`,
  thousands: `${'1 234'.repeat(6_000)}x`,
  spaces: `${' '.repeat(32_000)}x`,
  points: '.'.repeat(32_000),
  ats: '@a.'.repeat(10_000),
  dates: '1/1/'.repeat(8_000),
  accents: 'e\u0301'.repeat(16_000),
  'words and commas': 'lundi, '.repeat(4_600),
};

function csv(cell: string, bytes: number): string {
  const row = `crm;${cell};2026-03-01;${cell};${cell}\n`;
  return `source;id;date;montant;email\n${row.repeat(Math.max(1, bytes / row.length))}`;
}

const files: Record<string, (bytes: number) => string | Uint8Array> = {
  'quotation marks': (bytes) => `a;b\n${'"'.repeat(bytes)}`,
  'opened marks': (bytes) => `a;b\n${'"x\n'.repeat(bytes / 60)}`,
  'one line': (bytes) => `a;b\n${'x'.repeat(bytes)}`,
  separators: (bytes) => `a;b\n${';'.repeat(bytes)}`,
  'halves of UTF-16': (bytes) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(bytes, 0xd8)]),
  nothing: (bytes) => Buffer.alloc(bytes),
  'a workbook that hides its sizes': () =>
    zipOf(
      workbookOf('', { name: 'xl/sharedStrings.xml', hidden: true, content: sharedTexts(3e8) }),
    ),
  'a workbook whose texts are a sheet': () =>
    zipOf(workbookOf('', { name: 'xl/worksheets/s.xml', content: sharedTexts(3e8) })),
};

function form(content: string | Uint8Array): FormData {
  const data = new FormData();
  data.set('kind', 'activities');
  data.set('file', new Blob([content as string]), 'rows');
  return data;
}

const entries = Object.entries;

/** One of each kind, of about so many bytes; `open` and `closed` are routes that take a body. */
export function* hostile(
  bytes: number,
  open: readonly string[],
  closed: readonly string[],
): Generator<Hostile> {
  for (const [what, make] of entries(bodies)) {
    for (const url of open) yield { what, url, body: make(bytes) };
    for (const url of closed) yield { what, url, body: make(bytes) };
    yield { what, url: '/api/activities', known: true, body: make(bytes) };
    yield { what, url: closed[0] ?? '', known: true, body: make(bytes) };
  }
  for (const [what, item] of entries(items)) {
    yield { what, url: '/api/activities', known: true, body: few(bytes, item) };
    yield { what, url: '/api/activities', known: true, body: many(bytes, item) };
  }
  for (const [what, cell] of entries(cells)) {
    yield { what, url: '/api/imports', known: true, body: form(csv(cell, bytes / 4)) };
  }
  for (const [what, make] of entries(files)) {
    yield { what, url: '/api/imports', known: true, body: form(make(bytes)) };
  }
}
