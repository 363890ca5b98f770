// What a rep waits for: the first screen of the real product with the demo, by bytes and by Lighthouse.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { fixed, median, printTable } from './rounds.mjs';
import { MAIN, startProgram } from './server.mjs';

export const summaryLine = 'first screen of a rep: bytes of scripts, styles and fonts, Lighthouse';

const CLIENT = path.resolve(import.meta.dirname, '../../client/dist');
const KIB = 1024;
const PORT = 9334;
const AT_MOST = { jsCssKiB: 170, fontKiB: 80 };
const AT_LEAST = { accessibility: 100, 'best-practices': 100, performance: 85 };

async function entrance(server) {
  for (;;) {
    const answer = await fetch(`${server.url}/api/demo`).catch(() => undefined);
    const demo = answer?.ok ? await answer.json() : undefined;
    if (demo?.ready) return demo;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Signs in as the rep; whatever the browser opens from here on is theirs. */
async function enter(context, server, demo) {
  const { email, password } = demo.signIns.find(({ role }) => role === 'rep');
  const answer = await context.request.post(`${server.url}/api/session`, {
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`WRONG: nobody gets in (${answer.status()})`);
}

/** All that comes until the first screen stands, each as large as gzip makes it. */
async function weigh(context, url) {
  const page = await context.newPage();
  const found = { jsCss: 0, font: 0, files: 0 };
  const bodies = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const kind = /\.(js|css)$/.test(pathname) ? 'jsCss' : /\.woff2?$/.test(pathname) && 'font';
    if (!kind || pathname === '/sw.js') return;
    bodies.push(
      response.body().then((body) => {
        found[kind] += kind === 'font' ? body.length : gzipSync(body).length;
        found.files += 1;
      }),
    );
  });
  await page.goto(url);
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await Promise.all(bodies);
  await page.close();
  return found;
}

async function audit(url) {
  const { default: lighthouse } = await import('lighthouse');
  const flags = { port: PORT, output: 'json', logLevel: 'error', disableStorageReset: true };
  const { lhr } = await lighthouse(url, { ...flags, onlyCategories: Object.keys(AT_LEAST) });
  const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, score * 100]);
  const failed = Object.values(lhr.audits)
    .filter(
      ({ score, scoreDisplayMode }) =>
        score !== null && score < 1 && /binary/.test(scoreDisplayMode),
    )
    .map(({ id }) => id);
  return { scores: Object.fromEntries(scores), failed };
}

export async function run({ smoke, rounds = smoke ? 1 : 3 }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-bench-'));
  fs.chmodSync(dir, 0o711);
  const env = { DATA_DIR: path.join(dir, 'data'), CLIENT_DIST: CLIENT, DEMO: 'on' };
  const server = await startProgram({ script: MAIN, env, ready: '/api/health/ready' });
  const context = await chromium.launchPersistentContext(path.join(dir, 'browser'), {
    executablePath: process.env['CHROMIUM_PATH'],
    args: [`--remote-debugging-port=${PORT}`],
    serviceWorkers: 'block',
    locale: 'fr-FR',
  });
  try {
    await enter(context, server, await entrance(server));
    const weights = await weigh(context, `${server.url}/`);
    const url = `${server.url}/today`;
    const audits = [];
    for (let round = 0; round < rounds; round += 1) audits.push(await audit(url));
    const score = (name) => Math.round(median(audits.map(({ scores }) => scores[name])));
    const figures = {
      jsCssKiB: Number(fixed(weights.jsCss / KIB, 1)),
      fontKiB: Number(fixed(weights.font / KIB, 1)),
      ...Object.fromEntries(Object.keys(AT_LEAST).map((name) => [name, score(name)])),
    };
    const failed = [...new Set(audits.flatMap((one) => one.failed))];
    printTable([
      ['', 'is', 'wanted'],
      ...Object.entries(AT_MOST).map(([name, most]) => [name, String(figures[name]), `<= ${most}`]),
      ...Object.entries(AT_LEAST).map(([name, least]) => [
        name,
        String(figures[name]),
        `>= ${least}`,
      ]),
    ]);
    if (failed.length > 0) console.log(`Lighthouse objects to: ${failed.join(', ')}`);
    return { ...figures, files: weights.files, failed, atMost: AT_MOST, atLeast: AT_LEAST, rounds };
  } finally {
    await context.close();
    await server.stop();
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
