import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problems } from '@palmares/shared/problem/catalogue';

type Node = { [key: string]: string | Node };

const read = (locale: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${locale}.json`), 'utf8')) as Node;

const texts = (node: Node, place = ''): [key: string, text: string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[place + key, value]] : texts(value, `${place}${key}.`),
  );

const named = (text: string) => new Set(text.match(/\{\w+\}/g) ?? []);

describe('the texts', () => {
  const french = texts(read('fr'));
  const english = texts(read('en'));

  it('are the same in both languages, with the same values in them', () => {
    expect(french.map(([key]) => key)).toEqual(english.map(([key]) => key));
    french.forEach(([key, text], index) => {
      expect([key, named(text)]).toEqual([key, named(english[index]?.[1] ?? '')]);
    });
  });

  it('have words for every problem that the server may answer', () => {
    const known = new Set(french.map(([key]) => key));
    expect(Object.keys(problems).filter((code) => !known.has(`problem.${code}`))).toEqual([]);
  });

  it('keep the voice: no exclamation mark, and French spacing before high punctuation', () => {
    expect(french.filter(([, text]) => / [:;?»]|« /.test(text))).toEqual([]);
    expect([...french, ...english].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
