// All pictures on one page, and that page as one picture.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function markup(groups) {
  const figures = (shots) =>
    shots
      .map(
        ({ file, label, width, faults }) =>
          `<figure><img src="${file}" width="${width}" alt="${escape(label)}">` +
          `<figcaption>${escape(label)}${faults.map((f) => `<b>${escape(f)}</b>`).join('')}</figcaption></figure>`,
      )
      .join('');
  const sections = groups
    .map(({ name, shots }) => `<h2>${escape(name)}</h2><div>${figures(shots)}</div>`)
    .join('');
  return `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>
body{font:15px system-ui;margin:24px;background:#8d8d8d;color:#111}
div{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}
img{display:block;box-shadow:0 4px 18px #0006}figcaption{padding:4px 0}b{display:block;color:#7a0000}
</style>${sections}`;
}

/** Writes `index.html` and `sheet.png` into the folder of the pictures. */
export async function writeSheet(browser, folder, groups) {
  const index = path.join(folder, 'index.html');
  writeFileSync(index, markup(groups));
  const page = await browser.newPage({ viewport: { width: 1900, height: 1000 } });
  await page.goto(pathToFileURL(index).href);
  await page.screenshot({ path: path.join(folder, 'sheet.png'), fullPage: true });
  await page.close();
}
