// One scene in one frame: set the stage, wait until everything is there, look at it.
import { AxeBuilder } from '@axe-core/playwright';
import { layLine } from './line.mjs';
import { instantOf } from './scenes.mjs';

/** What the page says once it hears the board. */
const LIVE = { fr: 'En direct', en: 'Live' };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function answer(route, scene) {
  const { pathname: path, searchParams } = new URL(route.request().url());
  const found = scene.answers[`${route.request().method()} ${path}`] ?? scene.answers[path];
  const given = typeof found === 'function' ? found(searchParams) : found;
  if (given === 'never') return;
  if (given === 'away' || given === undefined) return route.abort('connectionrefused');
  const { status, body } = given;
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  await route.fulfill({ status, contentType: type, body: JSON.stringify(body) });
}

async function stage(page, scene) {
  await page.clock.install({ time: instantOf(scene) });
  await page.route('**/api/**', (route) => answer(route, scene));
  return layLine(page, scene.line);
}

/** Says what a browser complains about; a refused or missing answer is part of a scene. */
function listen(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    const ours = message.type() === 'error' && !/Failed to load resource|WebSocket/.test(text);
    if (ours || /Content Security Policy/.test(text)) complaints.push(text);
  });
  return complaints;
}

/** @returns the faults found: complaints of the browser, of axe, and overflow to the right */
export async function shoot(browser, base, { scene, frame, file, full, axe }) {
  const context = await browser.newContext({
    viewport: { width: frame.width, height: frame.height },
    deviceScaleFactor: frame.scale ?? 1,
    colorScheme: frame.theme,
    locale: frame.locale === 'fr' ? 'fr-FR' : 'en-GB',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await context.addInitScript(
    ([locale]) => localStorage.setItem('palmares.locale', locale),
    [frame.locale],
  );
  const page = await context.newPage();
  const faults = listen(page);
  try {
    const send = await stage(page, scene);
    await page.goto(base + scene.path);
    await page.locator(scene.ready).first().waitFor();
    if (scene.hears) await page.getByText(LIVE[frame.locale], { exact: true }).waitFor();
    if (scene.frames) send(scene.frames);
    for (const [deed, place, ...what] of scene.act ?? []) {
      await page.locator(place).first()[deed](...what);
    }
    if (scene.settled) await page.locator(scene.settled).first().waitFor();
    if (scene.type) await page.locator('input').fill(scene.type);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: file, fullPage: full, animations: 'disabled' });
    const spill = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (spill > 0) faults.push(`${spill} px too wide`);
    if (axe) faults.push(...(await inspect(page)));
  } catch (error) {
    faults.push(error.message.split('\n')[0]);
  } finally {
    await context.close();
  }
  return faults;
}

async function inspect(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`);
}
