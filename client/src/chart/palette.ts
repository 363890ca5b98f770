import { tones, type Tone } from './series';

export interface Palette {
  ink: string;
  quiet: string;
  line: string;
  card: string;
  font: string;
  of(tone: Tone): string;
}

/** What the tokens are on this page, now: a canvas cannot read `var()` or `light-dark()`. */
export function readPalette(place: HTMLElement): Palette {
  const probe = document.createElement('span');
  place.append(probe);
  const read = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const colours = new Map(Object.entries(tones).map(([tone, colour]) => [tone, read(colour)]));
  const palette = {
    ink: read('var(--color-ink)'),
    quiet: read('var(--color-quiet)'),
    line: read('var(--color-line)'),
    card: read('var(--color-card)'),
    font: getComputedStyle(probe).fontFamily,
    of: (tone: Tone) => colours.get(tone) ?? '',
  };
  probe.remove();
  return palette;
}
