import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { eventually } from './eventually.js';

export type { Browser, Page } from 'playwright-core';

/** A policy that was violated is a complaint like any other. */
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated', event.violatedDirective, event.blockedURI))`;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) throw new Error('CHROMIUM_PATH names no browser; `npm test` finds one.');
  return chromium.launch({ executablePath });
}

interface Settings {
  locale?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** The page may install itself; most readers only pass by. */
  serviceWorkers?: 'allow' | 'block';
}

/** A row as a person reads it: its rank (none, as long as nobody has scored), name and score. */
export type ShownRow = [rank: string, name: string, score: string];

/** One reader: a page of their own, and whatever their browser complained about. */
export class Reader {
  readonly complaints: string[] = [];
  private navigations = 0;

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('framenavigated', () => (this.navigations += 1));
  }

  static async open(browser: Browser, url: string, settings: Settings = {}): Promise<Reader> {
    const context = await browser.newContext({
      locale: 'fr-FR',
      serviceWorkers: 'block',
      ...settings,
    });
    await context.addInitScript({ content: TELL_VIOLATIONS });
    const reader = new Reader(await context.newPage());
    await reader.page.goto(url);
    return reader;
  }

  /** The rows of the ranking, from the top. */
  async rows(): Promise<ShownRow[]> {
    const ranking = this.page.getByRole('region', { name: /^(Classement|Ranking)$/ });
    return ranking.getByRole('listitem').evaluateAll((items) =>
      items.map((item) => {
        const text = (item.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
        const rank = /^(?:Rang|Rank) ?(\d+)/.exec(text)?.[1] ?? '';
        const score = /Score ?([^a-z]*)$/.exec(text)?.[1] ?? text;
        return [rank, item.querySelector('b')?.textContent ?? '', score.trim()];
      }),
    );
  }

  /** Waits until the ranking shows these rows, and nothing else. */
  async shows(...expected: ShownRow[]): Promise<void> {
    const wanted = JSON.stringify(expected);
    await eventually(
      () => this.rows(),
      (rows) => JSON.stringify(rows) === wanted,
    );
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 15_000 });
  }

  /** How often the page was loaded, or went elsewhere, since this was asked last. */
  moves(): number {
    const { navigations } = this;
    this.navigations = 0;
    return navigations;
  }

  /** What axe objects to, in a few words each. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).withTags(TAGS).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  }
}
