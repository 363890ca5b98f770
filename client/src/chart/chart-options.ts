import type { ChartOptions, Scale, ScriptableScaleContext } from 'chart.js';
import { isStill } from '../ui/motion';
import type { Palette } from './palette';

/** How a chart of ours looks, whatever its kind. */
export interface Look {
  /** a value as it is read */
  write(value: number): string;
  /** a value beside its axis, where there is less room */
  tick?: ((value: number) => string) | undefined;
  /** a rank: the first is on top */
  reversed?: boolean | undefined;
  /** bars that lie */
  lying?: boolean | undefined;
  stacked?: boolean | undefined;
  /** room on the right for the names at the ends of lines */
  ends?: number | undefined;
}

const MOTION_MS = 450;

const fontOf = ({ font }: Palette, size = 12, weight = 500) => ({ family: font, size, weight });

/** The axis of the values: quiet figures and lines, no frame. */
const valuesOf = (look: Look, palette: Palette) => ({
  reverse: look.reversed ?? false,
  stacked: look.stacked ?? false,
  beginAtZero: !look.reversed,
  ...(look.reversed ? { min: 1, grace: 0 } : {}),
  border: { display: false },
  grid: {
    color: ({ tick }: ScriptableScaleContext) =>
      tick?.value === 0 && !look.reversed ? palette.quiet : palette.line,
    drawTicks: false,
  },
  ticks: {
    color: palette.quiet,
    font: fontOf(palette),
    padding: 8,
    maxTicksLimit: 6,
    ...(look.reversed ? { precision: 0 } : {}),
    callback: (value: number | string) => look.tick?.(Number(value)) ?? look.write(Number(value)),
    maxRotation: 0,
  },
});

/** A name beside a bar: what is longer than its room, less on a phone, ends in three points. */
const lettersIn = (width: number) => (width < 400 ? 16 : 24);
const cut = (name: string, letters: number) =>
  name.length > letters ? `${name.slice(0, letters - 1).trimEnd()}…` : name;

const labelsOf = (look: Look, palette: Palette) => ({
  stacked: look.stacked ?? false,
  border: { display: false },
  grid: { display: false },
  ticks: {
    color: palette.quiet,
    font: fontOf(palette, look.lying ? 13 : 12),
    padding: 4,
    maxRotation: 0,
    autoSkip: !look.lying,
    autoSkipPadding: 14,
    ...(look.lying && {
      callback(this: Scale, value: number | string) {
        return cut(this.getLabelForValue(Number(value)), lettersIn(this.chart.width));
      },
    }),
  },
});

export function optionsOf(look: Look, palette: Palette): ChartOptions<'line' | 'bar'> {
  const [values, labels] = [valuesOf(look, palette), labelsOf(look, palette)];
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: isStill() ? false : { duration: MOTION_MS },
    indexAxis: look.lying ? 'y' : 'x',
    layout: { padding: { right: look.ends ?? 4, top: 8 } },
    interaction: { mode: 'index', intersect: false, axis: look.lying ? 'y' : 'x' },
    scales: look.lying ? { x: values, y: labels } : { x: labels, y: values },
    plugins: {
      tooltip: {
        backgroundColor: palette.ink,
        titleColor: palette.card,
        bodyColor: palette.card,
        titleFont: fontOf(palette, 13, 600),
        bodyFont: fontOf(palette, 13),
        padding: 10,
        cornerRadius: 10,
        boxPadding: 4,
        usePointStyle: true,
        itemSort: (a, b) => {
          const way = look.reversed ? 1 : -1;
          const at = ({ parsed }: typeof a) => Number(look.lying ? parsed.x : parsed.y);
          return way * (at(a) - at(b));
        },
        callbacks: {
          label: ({ dataset, parsed }) =>
            ` ${dataset.label ?? ''} ${look.write(Number(look.lying ? parsed.x : parsed.y))}`,
        },
      },
    },
  };
}
