import { hash } from 'node:crypto';

/** 128 bits of a text's SHA-256, written as a UUID so that they fit a 16-byte column. */
export function digestId(text: string): string {
  const hex = hash('sha256', text);
  const at = (from: number, to: number) => hex.slice(from, to);
  return `${at(0, 8)}-${at(8, 12)}-${at(12, 16)}-${at(16, 20)}-${at(20, 32)}`;
}
