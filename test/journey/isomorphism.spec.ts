import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { anyMeasureOf } from '../../shared/src/kpi/measure.arbitrary.js';
import { aggregationNames } from '@palmares/shared/kpi/measure';
import { openBrowser, type Browser, type Page } from '../support/browser.js';
import { anyPosted, anyRule, anyZone } from '../support/generate/command.js';
import { compute, type Vector } from '../support/isomorphism/compute.js';

const anyVector: fc.Arbitrary<Vector> = fc.record({
  zone: fc.oneof(anyZone, fc.constantFrom('America/St_Johns', 'Australia/Lord_Howe')),
  items: fc.array(anyPosted, { maxLength: 20 }),
  measures: fc.tuple(...aggregationNames.map(anyMeasureOf)),
  challenge: fc.record({
    name: fc.constant('Sprint'),
    from: fc.constantFrom('2026-02-28', '2026-03-01'),
    to: fc.constantFrom('2026-03-02', '2026-04-01'),
    rules: fc.array(anyRule, { minLength: 1, maxLength: 3 }),
  }),
});

describe('law 9, isomorphism', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const builder = path.join(import.meta.dirname, '../support/isomorphism/bundle.mjs');
    const content = execFileSync(process.execPath, [builder], { encoding: 'utf8' });
    browser = await openBrowser();
    // A reader whose own language and zone are none of those that the numbers are about.
    const locale = { locale: 'ar-EG', timezoneId: 'Asia/Kathmandu' };
    page = await (await browser.newContext(locale)).newPage();
    await page.addScriptTag({ content });
  });
  afterAll(async () => browser?.close());

  it('the browser computes what the server computes, to the last digit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyVector, { minLength: 20, maxLength: 60 }), async (vectors) => {
        const text = JSON.stringify(vectors);
        const there = await page.evaluate(`computeAll(${JSON.stringify(text)})`);
        const here = JSON.stringify((JSON.parse(text) as Vector[]).map(compute));
        if (there !== here) expect(JSON.parse(String(there))).toEqual(JSON.parse(here));
        expect(there === here).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
