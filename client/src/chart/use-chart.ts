import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartType,
} from 'chart.js';
import { onBeforeUnmount, watchEffect, type ShallowRef } from 'vue';
import { theme } from '../ui/theme';
import { readPalette, type Palette } from './palette';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** Keeps a chart on a canvas as its configuration and the theme say. */
export function useChart<Kind extends ChartType>(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  configure: (palette: Palette) => ChartConfiguration<Kind>,
): void {
  let chart: Chart<Kind> | undefined;

  watchEffect(
    () => {
      const place = canvas.value;
      // Read, so that another theme draws anew.
      if (!place?.parentElement || !theme.value) return;
      const config = configure(readPalette(place.parentElement));
      if (!chart) return void (chart = new Chart<Kind>(place, config));
      // Into what is there, so that it moves from where it stands rather than from nothing.
      const known = chart.data.datasets;
      chart.data.labels = config.data.labels;
      chart.data.datasets = config.data.datasets.map((fresh, index) =>
        Object.assign(known[index] ?? {}, fresh),
      );
      if (config.options) chart.options = config.options;
      chart.update();
    },
    { flush: 'post' },
  );
  onBeforeUnmount(() => chart?.destroy());
}
