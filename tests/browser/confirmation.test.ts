import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptCases } from './accept-cases.ts';
import { chromiumPath, isBrowserRequired, noChromium } from './chromium.ts';
import { failureCases } from './failure-cases.ts';
import { lookCases } from './look-cases.ts';
import { policyCases } from './policy-cases.ts';
import { shop, type Shop, visit, type Visit, type Visited } from './shop.ts';
import { stubApi, type StubApi } from './stub-api.ts';
import { viewCases } from './view-cases.ts';

// A reporter need not say why tests are skipped.
if (chromiumPath === undefined) process.stderr.write(`${noChromium}\n`);

test('there is a Chromium to test with', ({ skip }) => {
  skip(chromiumPath === undefined && !isBrowserRequired, noChromium);

  expect(chromiumPath ?? noChromium).toBe(chromiumPath);
});

/** One browser for all; nothing is kept from one page to the next. */
describe.skipIf(chromiumPath === undefined)('the confirmation page in a browser', () => {
  let context: BrowserContext;
  let api: StubApi;
  let pages: Shop;

  beforeAll(async () => {
    const browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: ['--no-sandbox'],
    });
    [context, api, pages] = await Promise.all([browser.newContext(), stubApi(), shop()]);
  });

  afterAll(async () => {
    await context?.browser()?.close();
    await Promise.all([api?.close(), pages?.close()]);
  });

  const open = (wanted?: Visit): Promise<Visited> => visit(context, pages, api, wanted);
  const origins = () => ({ api: api.origin, shop: pages.origin });

  lookCases(open, origins);
  acceptCases(open, origins);
  viewCases(open);
  failureCases(open, origins, (token, behaviour) => api.behave(token, behaviour));
  policyCases(open, origins);
});
