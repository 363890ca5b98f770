import type { Plugin, Point } from 'chart.js';

const GAP_PX = 10;
/** Names closer than this would cover each other. */
const APART_PX = 15;

function lastOf(places: readonly Point[], values: readonly unknown[]): Point | undefined {
  return places[values.findLastIndex((value) => value !== null)];
}

function fitted(context: CanvasRenderingContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  let cut = name;
  while (cut && context.measureText(`${cut}…`).width > room) cut = cut.slice(0, -1).trimEnd();
  return cut && `${cut}…`;
}

/** The name of each line at its end, in its colour: no legend to go back and forth to. */
export const ends = (font: string): Plugin<'line'> => ({
  id: 'ends',
  afterDatasetsDraw(chart) {
    const { ctx: context, data, chartArea, width } = chart;
    const names = data.datasets
      .map(({ label = '', borderColor, borderWidth, data: values }, index) => {
        const point = lastOf(chart.getDatasetMeta(index).data, values);
        const strong = Number(borderWidth) > 3;
        return point && { label, colour: borderColor, strong, y: point.y ?? 0 };
      })
      .filter((name) => name !== undefined)
      .toSorted((a, b) => a.y - b.y);
    let lowest = -Infinity;
    context.save();
    context.textBaseline = 'middle';
    for (const { label, colour, strong, y } of names) {
      lowest = Math.max(y, lowest + APART_PX);
      context.font = `${strong ? 700 : 500} 12px ${font}`;
      context.fillStyle = colour as string;
      const left = chartArea.right + GAP_PX;
      context.fillText(fitted(context, label, width - left), left, lowest);
    }
    context.restore();
  },
});
