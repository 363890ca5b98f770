import { lastDay } from '../format/date';

/** One thing that a command changed: what was, and what is now, in words. */
export interface ChangeLine {
  label: string;
  was: string | undefined;
  is: string | undefined;
}

/** How what the record keeps is said to people. */
export interface Saying {
  /** of a field, of one of a set of words, and of an id */
  field(name: string): string;
  choice(name: string, value: string): string | undefined;
  named(id: string): string | undefined;
  number(value: number): string;
  day(value: string): string;
  flag(value: boolean): string;
  /** a rule, or a line of prizes, as a sentence */
  sentence(name: string, value: object): string | undefined;
  stretch(from: string | null, to: string | null): string;
}

type States = Record<string, unknown> | null;
interface Dated {
  from: string | null;
  to: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** The day after the last one, which people do not say. */
const EXCLUSIVE = ['to', 'leftOn'];
/** What is said first of something new. */
const FIRST = ['name', 'from', 'to'];
/** What serves machines only. */
const SILENT = ['id', 'seq', 'reference'];

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);
const isDated = (value: object): value is Dated => 'from' in value && 'to' in value;

function textOf(name: string, text: string, saying: Saying): string {
  if (DAY.test(text)) return saying.day(EXCLUSIVE.includes(name) ? lastDay(text) : text);
  if (ID.test(text)) return saying.named(text) ?? text.slice(0, 8);
  return saying.choice(name, text) ?? text;
}

/** A thing of several parts: what it is called first, then since when, then the rest. */
function thingOf(name: string, value: object, saying: Saying): string {
  const sentence = saying.sentence(name, value);
  if (sentence) return sentence;
  const { from: _, to: __, ...rest } = value as Record<string, unknown>;
  const fields = isDated(value) ? rest : value;
  const parts = Object.entries(fields).flatMap(([key, one]) => {
    if (isNothing(one) || one === false) return [];
    return one === true ? saying.field(key) : wordsOf(key, one, saying);
  });
  const dates = isDated(value) ? [saying.stretch(value.from, value.to)] : [];
  return [...parts, ...dates].filter(Boolean).join(' · ');
}

function wordsOf(name: string, value: unknown, saying: Saying): string {
  if (isNothing(value)) return '—';
  if (typeof value === 'boolean') return saying.flag(value);
  if (typeof value === 'number') return saying.choice(name, String(value)) ?? saying.number(value);
  if (typeof value === 'string') return textOf(name, value, saying);
  if (Array.isArray(value)) {
    const several = value.some((one) => typeof one === 'object');
    return value.map((one) => wordsOf(name, one, saying)).join(several ? ' ; ' : ', ');
  }
  return thingOf(name, value as object, saying);
}

/** What a command changed, line by line; what it left as it was is not said. */
export function changeLines(before: States, after: States, saying: Saying): ChangeLine[] {
  const given = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const first = FIRST.filter((name) => given.has(name));
  const names = [...new Set([...first, ...given])];
  return names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]];
    if (SILENT.includes(name) || JSON.stringify(was) === JSON.stringify(is)) return [];
    const fresh = !before || !(name in before);
    if (fresh && isNothing(is)) return [];
    return {
      label: saying.field(name),
      was: fresh ? undefined : wordsOf(name, was, saying),
      is: after && name in after ? wordsOf(name, is, saying) : undefined,
    };
  });
}
