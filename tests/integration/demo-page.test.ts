import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { demoSite, type DemoSite } from '#rehearsal/demo/demo-site.ts';
import { HOUR_MS } from '#rehearsal/input/duration.ts';
import { playSampleShops } from '#rehearsal/input/play-sample-shops.ts';
import { catalogueEvents } from '#rehearsal/input/sample-catalogue.ts';
import { offerEvents } from '#rehearsal/input/sample-offers.ts';
import { type LocalSite, openLocalSite } from '#rehearsal/local-site.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { chromiumPath, isBrowserRequired, noChromium } from '#tests/browser/chromium.ts';
import { storedItems } from './confirmation-story.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const START_MS = Date.parse('2026-03-02T09:00:00Z');

if (chromiumPath === undefined && isBrowserRequired) throw new Error(noChromium);

let rehearsal: Rehearsal;
let site: LocalSite;
let demo: DemoSite;
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath === undefined) return;
  rehearsal = await Rehearsal.boot({
    assemblyDir: await assembly(),
    stacks: ['Data', 'Ingestion', 'Confirmation'],
    stateDir: temporaryFolder(),
    startMs: START_MS,
    seed: '1',
  });
  const { key: appKey } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const keys = (shop: string) => shopKey(new TextEncoder().encode(appKey), shop);
  const events = [...catalogueEvents(START_MS), ...offerEvents(START_MS)];
  rehearsal.schedule(events);
  const shops = await playSampleShops(rehearsal, {
    events,
    fromMs: START_MS,
    seed: '1',
    appKey,
    keys,
  });
  await rehearsal.run(START_MS + HOUR_MS);
  shops.waitForVisitors();
  demo = demoSite({ rehearsal, shops, takenInAfterMs: 200 });
  site = await openLocalSite(0, () => undefined);
  site.open(demo.ask);
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  demo?.close();
  await site?.close();
  await rehearsal?.stop();
});

/** In the page: within the component, or beside it. */
const FOCUSED =
  '(document.activeElement?.shadowRoot?.activeElement ?? document.activeElement)?.textContent';
const WIDEST = 'document.documentElement.scrollWidth';

/** By the keyboard alone: forward to what has this name, wherever the shop's page has put it. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = String(await page.evaluate(FOCUSED));
    if (name.test(focused)) return;
  }
  throw new Error(`nothing called ${String(name)} can be reached by the Tab key`);
};

test.skipIf(chromiumPath === undefined)(
  'on a phone and by keys alone, a customer adds an offer to their order, and it is booked',
  { timeout: 60_000 },
  async () => {
    const page = await browser?.newPage({ viewport: { width: 360, height: 800 } });
    if (page === undefined) throw new Error('no browser');
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));

    await page.goto(`${site.url}/demo/northside/new`);
    await page.locator('afterglow-confirmation button').first().waitFor();
    await tabTo(page, /^Add to my order/);
    await page.keyboard.press('Enter');
    await page.getByText('Done: it is on its way with your order.').first().waitFor();

    const widest = await page.evaluate(WIDEST);
    const booked = (await storedItems(rehearsal, 'Ledger'))
      .map(toTransaction)
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.class === 'confirmation_upsell' && entry.account === 'revenue');
    expect(booked.flatMap(({ credits = [] }) => credits.map(({ kind }) => kind))).toEqual([
      'session',
    ]);
    expect(widest).toBe(360);
    expect(errors).toEqual([]);
    expect(rehearsal.denials).toEqual([]);
  },
);
