// Pictures of the real product with its demo: for the README, and for whoever wants to see it whole.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
const WALL = { width: 1280, height: 720 };

/** `{sprint}` is the challenge of these weeks, `{open}` the one that is over and not certified. */
const pictures = [
  { name: 'sign-in', path: '/sign-in', size: DESK, theme: 'light' },
  { name: 'today', role: 'rep', path: '/today', size: PHONE, theme: 'light', readme: true },
  { name: 'challenge', role: 'rep', path: '/challenges/{sprint}', size: DESK, theme: 'light', readme: true },
  { name: 'points', role: 'rep', path: '/points', size: DESK, theme: 'light' },
  { name: 'cockpit', role: 'manager', path: '/cockpit', size: DESK, theme: 'light', readme: true },
  { name: 'budgets', role: 'hr', path: '/budgets', size: DESK, theme: 'light' },
  { name: 'studio', role: 'manager', path: '/studio', size: DESK, theme: 'light', readme: true },
  { name: 'close', role: 'manager', path: '/challenges/{open}/close', size: DESK, theme: 'light' },
  { name: 'disputes', role: 'manager', path: '/disputes', size: DESK, theme: 'light' },
  { name: 'members', role: 'admin', path: '/members', size: DESK, theme: 'light' },
  { name: 'tv', path: '/tv#{board}', size: WALL, theme: 'dark', readme: true },
];

async function started(root) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'palmares-shots-'));
  const port = String(20_000 + (process.pid % 20_000));
  const env = { ...process.env, NODE_ENV: 'production', PORT: port, DEMO: 'on', DATABASE_URL: '' };
  const child = spawn(process.execPath, [path.join(root, 'server/dist/main.js')], {
    env: { ...env, DATA_DIR: dir, CLIENT_DIST: path.join(root, 'client/dist'), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function entrance(url) {
  for (;;) {
    const answer = await fetch(`${url}/api/demo`).catch(() => undefined);
    const demo = answer?.ok ? await answer.json() : undefined;
    if (demo?.ready) return demo;
    await pause(300);
  }
}

async function places(context, url, demo) {
  const { items } = await (await context.request.get(`${url}/api/challenges?limit=50`)).json();
  const idOf = (status, name) =>
    items.find((one) => one.status === status && one.name.startsWith(name))?.id ?? '';
  return { sprint: idOf('live', 'Sprint'), open: idOf('provisional', ''), board: demo.boardToken };
}

async function contextOf(browser, url, demo, { role, size, theme }) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale: 'fr-FR',
    serviceWorkers: 'block',
  });
  const one = demo.signIns.find((known) => known.role === role);
  const data = one && { email: one.email, password: one.password };
  if (data) await context.request.post(`${url}/api/session`, { data });
  return context;
}

/** WebP is a third of what PNG would be. */
async function capture(page, file) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  writeFileSync(file, Buffer.from(data, 'base64'));
}

/** Takes every picture, those of the README into `images` when it is named. */
export async function takeDemo({ root, folder, executablePath, base, images, only = [] }) {
  const server = base ? { url: base, stop: async () => {} } : await started(root);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath });
  try {
    const demo = await entrance(server.url);
    const manager = await contextOf(browser, server.url, demo, { role: 'manager' });
    const known = await places(manager, server.url, demo);
    for (const picture of pictures) {
      if (only.length > 0 && !only.includes(picture.name)) continue;
      const context = await contextOf(browser, server.url, demo, picture);
      const page = await context.newPage();
      const place = picture.path.replaceAll(/\{(\w+)\}/g, (_all, key) => known[key]);
      await page.goto(server.url + place);
      await page.locator('h1').first().waitFor();
      await page.waitForLoadState('networkidle');
      // Counters roll, rows slide: a picture is of what stands.
      await pause(1_500);
      const to = picture.readme && images ? images : folder;
      await capture(page, path.join(to, `${picture.name}.webp`));
      process.stdout.write(`${path.join(to, `${picture.name}.webp`)}\n`);
      await context.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return 0;
}
