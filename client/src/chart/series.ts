import type { Cell } from '../format/csv';

/** The colours a chart may use, by what they mean; `gold` is kept for "you" and for winning. */
export const tones = {
  gold: 'var(--color-gold)',
  ink: 'var(--color-ink)',
  quiet: 'var(--color-quiet)',
  line: 'var(--color-line)',
  green: 'var(--color-green)',
  amber: 'var(--color-amber)',
  red: 'var(--color-red)',
  blue: 'light-dark(#31528f, #8fb0f2)',
  teal: 'light-dark(#0b7285, #5cc5d6)',
  plum: 'light-dark(#7a3e9d, #cf9aec)',
  rust: 'light-dark(#b3541e, #f0a06c)',
  moss: 'light-dark(#3f6f1f, #a5d07f)',
  rose: 'light-dark(#a03a7a, #f09acb)',
} as const;
export type Tone = keyof typeof tones;

/** One after the other for series that mean nothing in particular. */
export const plainTones: readonly Tone[] = ['blue', 'rust', 'teal', 'plum', 'moss', 'rose'];

export interface Series {
  name: string;
  /** one for each label; null where there is nothing */
  values: readonly (number | null)[];
  tone?: Tone;
  /** of a line: an expectation rather than a fact */
  dashed?: boolean;
  /** drawn above the others, and stronger */
  strong?: boolean;
}

/** What a chart shows: the table beside it is made of the same. */
export interface ChartShape {
  labels: readonly string[];
  series: readonly Series[];
}

export const toneOf = ({ tone }: Series, index: number): Tone =>
  tone ?? plainTones[index % plainTones.length] ?? 'ink';

/** Labels and series as the rows of a table, or of a file: a row for each label. */
export const rowsOf = ({ labels, series }: ChartShape): Cell[][] =>
  labels.map((label, index) => [label, ...series.map(({ values }) => values[index] ?? null)]);
