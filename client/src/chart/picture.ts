import { saveFile } from '../ui/save-file';

const MARGIN_PX = 24;
const TITLE_PX = 34;

/** A chart as a picture that can stand in a presentation: on the card's colour, under its title. */
export function savePicture(place: HTMLElement, title: string, file: string): void {
  const chart = place.querySelector('canvas');
  const sheet = document.createElement('canvas');
  const context = sheet.getContext('2d');
  if (!chart || !context) return;
  const scale = chart.width / chart.clientWidth;
  const style = getComputedStyle(place);
  sheet.width = chart.width + 2 * MARGIN_PX * scale;
  sheet.height = chart.height + (2 * MARGIN_PX + TITLE_PX) * scale;
  context.fillStyle = style.getPropertyValue('background-color');
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = style.color;
  context.textBaseline = 'top';
  context.font = `700 ${18 * scale}px ${style.fontFamily}`;
  context.fillText(title, MARGIN_PX * scale, MARGIN_PX * scale);
  context.drawImage(chart, MARGIN_PX * scale, (MARGIN_PX + TITLE_PX) * scale);
  sheet.toBlob((picture) => picture && saveFile(`${file}.png`, picture, 'image/png'));
}
