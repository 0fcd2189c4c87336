import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembly, temporaryFolder } from '../integration/rehearsed.ts';
import { chromiumPath, isBrowserRequired, noChromium, screenshotFolder } from './chromium.ts';
import { type ConsoleStage, consoleStage } from './console-stage.ts';

if (chromiumPath === undefined && isBrowserRequired) throw new Error(noChromium);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** In the page; it gives back what is wrong. */
const LOOK =
  'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))';

const WIDEST = 'document.documentElement.scrollWidth';

const views = ['orders', 'place', 'outbox', 'journeys', 'shop', 'ledger', 'metrics', 'parked'];

/** One console for all, and one story: each test goes on where the one before it ended. */
describe.skipIf(chromiumPath === undefined)('the console in a browser', () => {
  let stage: ConsoleStage;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    stage = await consoleStage(await assembly(), temporaryFolder());
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`);
    });
    await page.goto(stage.url);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  const now = () => page.locator('.clock .now time').textContent();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const skipTo = async (date: string): Promise<void> => {
    await page.getByLabel('Date').fill(date);
    await press('Skip to it');
    await page.locator('.clock .now time', { hasText: `${date} 00:00:00` }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
  };
  const done = (words: string | RegExp) => page.locator('.done', { hasText: words }).waitFor();

  test('steps, skips to the next event and to a date', async () => {
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
    const before = await now();

    await press('Next event');
    await page.locator('.totals', { hasText: /events[1-9]/ }).waitFor();
    await press('Step');
    await skipTo('2026-03-03');

    expect(before).toBe('2026-03-02 09:00:00');
    expect(await now()).toBe('2026-03-03 00:00:00');
  });

  test('places an order, whose timeline, journey and message are there at once', async () => {
    await page.getByRole('link', { name: 'Place an order' }).click();
    await page.getByLabel('Product 1').selectOption('HG-KNI-200');
    await press('Place the order');

    await page.getByRole('heading', { name: 'Order console-1 of hearth' }).waitFor();
    await page.locator('.timeline', { hasText: 'order-confirmation: send by email' }).waitFor();
    const here = page.locator('.state.now');
    await page.getByRole('link', { name: 'Thank you for your order console-1' }).click();
    const mail = page.frameLocator('iframe').first();
    await mail.getByRole('heading').first().waitFor();
    await page.goBack();
    await here.waitFor();

    expect(await here.getAttribute('aria-label')).toBe('AwaitDispatch, Task, now here');
  });

  test('ships a part of it, and says why a part of one piece cannot be shipped', async () => {
    await press('Ship a part');
    await done('Ship a part: shipped; 2 pieces were left.');
    await page.locator('#why-ship-part').waitFor();
    await press('Ship a part');

    await page.getByRole('alert').filter({ hasText: 'one piece is left' }).waitFor();
    expect(await page.locator('.cover .badge').textContent()).toBe('part dispatched');
  });

  test(
    'leads a customer through delivery, survey and unsubscribing',
    { timeout: 60_000 },
    async () => {
      await press('Ship what is left');
      await done('Ship what is left');
      for (const left of [2, 1]) {
        await press('Deliver a parcel');
        await done(`delivered; ${left} pieces were still to come`);
      }
      await skipTo('2026-04-20');
      await press('Answer the survey with 3');
      await done('Answer the survey: survey answered');
      await press('Unsubscribe');
      await done('unsubscribed by the link of the last message that has one');

      await page.locator('.timeline', { hasText: 'SurveyAnswered' }).waitFor();
      expect(stage.rehearsal.denials).toEqual([]);
    },
  );

  test('sends a parked event in again, which is parked anew as long as its shop is unknown', async () => {
    const parked = () =>
      stage.rehearsal
        .deadLetters()
        .flatMap(({ queue, messageId }) => (queue.startsWith('IngressDead') ? [messageId] : []));
    await page.getByRole('link', { name: 'Parked events (1)' }).click();
    await page.getByText('unknown-shop').waitFor();
    const before = parked();

    await press(/^Send in again/);
    await done('1 sent in again');
    await page.getByText('unknown-shop').waitFor();

    expect(parked()).toHaveLength(1);
    expect(parked()).not.toEqual(before);
  });

  test.each([1280, 390])('is accessible and fits at %i px, view by view', async (width) => {
    const looking = await browser.newContext({
      bypassCSP: true,
      viewport: { width, height: 900 },
      colorScheme: width === 390 ? 'dark' : 'light',
    });
    const seen = await lookAtAll(looking, stage.url, width);
    await looking.close();

    expect(seen).toEqual([]);
  });

  test('has no error, and nothing that its policy forbids', () => {
    // The deed that was refused above: browsers log every answer that is no success.
    expect(errors.filter((error) => !/409.*\/console\/api\/deed$/.test(error))).toEqual([]);
    expect(errors).toHaveLength(1);
  });
});

/** What is wrong with any view, as axe and the width of the page have it. */
const lookAtAll = async (
  context: BrowserContext,
  url: string,
  width: number,
): Promise<readonly string[]> => {
  const page = await context.newPage();
  await page.goto(`${url}/console/`);
  const wrong: string[] = [];
  for (const view of [...views, 'orders/hearth/console-1', 'outbox/0000000000000001-rehearsal']) {
    const answered = page.waitForResponse(/\/console\/api\/|\/demo\//);
    await page.goto(`${url}/console/#/${view}`);
    await answered;
    await page.locator('main h1').waitFor();
    await page.evaluate(axe);
    const problems: string[] = await page.evaluate(LOOK);
    const widest = Number(await page.evaluate(WIDEST));
    wrong.push(...problems.map((problem) => `${view}: ${problem}`));
    if (widest > width) wrong.push(`${view} is ${widest} px wide`);
    if (screenshotFolder !== undefined)
      await page.screenshot({
        path: join(screenshotFolder, `console-${width}-${view.replaceAll('/', '-')}.png`),
        fullPage: true,
      });
  }
  return wrong;
};
