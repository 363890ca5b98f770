/** What is left, in the two largest units that say something. */
export type Countdown =
  | { unit: 'days'; days: number; hours: string }
  | { unit: 'hours'; hours: number; minutes: string }
  | { unit: 'minutes'; minutes: number; seconds: string }
  | { unit: 'over' };

const two = (value: number) => String(value).padStart(2, '0');

/** Cuts milliseconds into units, never rounding up: with 59.9 s left there is no full minute. */
export function countdown(milliseconds: number): Countdown {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds <= 0) return { unit: 'over' };
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return { unit: 'minutes', minutes, seconds: two(seconds % 60) };
  if (hours < 24) return { unit: 'hours', hours, minutes: two(minutes % 60) };
  return { unit: 'days', days: Math.floor(hours / 24), hours: two(hours % 24) };
}
