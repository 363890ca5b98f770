/** A local calendar day, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string;

/** True for a day that exists, between the years 1900 and 2199; `daySchema` says the same. */
export const isDay = (text: string): boolean =>
  /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

const MINUTE = 60_000;
const DAY = 86_400_000;

/** True for a zone name that this machine's time-zone data knows. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
function offsetReader(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const local = Date.UTC(year, month - 1, day, hour, minute, second);
    return local - Math.floor(instant / 1000) * 1000;
  };
}

const offsets = new Map<string, (instant: number) => number>();
const readers = new Map<string, (instant: number) => Day>();

/**
 * Milliseconds that an IANA zone is ahead of UTC at an instant. Remembered per UTC day, or per
 * minute on the days on which the zone's clock changes: a million calls take a tenth of a second.
 * @throws RangeError for an unknown zone
 */
export function offsetOf(zone: string): (instant: number) => number {
  const known = offsets.get(zone);
  if (known) return known;
  const offsetAt = offsetReader(zone);
  const byDay = new Map<number, number | undefined>();
  const byMinute = new Map<number, number>();

  const offset = (instant: number): number => {
    const day = Math.floor(instant / DAY);
    if (!byDay.has(day)) {
      const first = offsetAt(day * DAY);
      byDay.set(day, first === offsetAt(day * DAY + DAY - 1) ? first : undefined);
    }
    const whole = byDay.get(day);
    if (whole !== undefined) return whole;
    const minute = Math.floor(instant / MINUTE);
    let found = byMinute.get(minute);
    if (found === undefined) byMinute.set(minute, (found = offsetAt(minute * MINUTE)));
    return found;
  };
  offsets.set(zone, offset);
  return offset;
}

/**
 * The local day of an instant in an IANA zone.
 * @param instant milliseconds since 1970
 * @throws RangeError for an unknown zone
 * @example localDay('Europe/Paris')(Date.parse('2026-10-24T22:30:00Z')) // '2026-10-25'
 */
export function localDay(zone: string): (instant: number) => Day {
  const known = readers.get(zone);
  if (known) return known;
  const offset = offsetOf(zone);
  const names = new Map<number, Day>();

  const reader = (instant: number): Day => {
    const day = Math.floor((instant + offset(instant)) / DAY);
    let name = names.get(day);
    if (name === undefined) {
      names.set(day, (name = new Date(day * DAY).toISOString().slice(0, 10)));
    }
    return name;
  };
  readers.set(zone, reader);
  return reader;
}

/**
 * The instant of a local time, `2026-10-25T02:30:00`. A time that is there twice, when the clock
 * goes back, is the first one; one that the clock leaps over is as long after the leap.
 * @throws RangeError for an unknown zone
 */
export function localInstant(zone: string): (local: string) => number {
  const offset = offsetOf(zone);
  return (local) => {
    const utc = Date.parse(`${local}Z`);
    const before = utc - offset(utc - DAY);
    const after = utc - offset(utc + DAY);
    const fits = [before, after].toSorted((a, b) => a - b).find((at) => at + offset(at) === utc);
    return fits ?? before;
  };
}

/** The day `count` days after (or before) another: `addDays('2026-02-28', 1)` → `'2026-03-01'`. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY;
}
