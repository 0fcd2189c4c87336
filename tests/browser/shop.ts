import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import * as z from 'zod';
import { sampleSession } from './sample-session.ts';
import { type Behaviour, closed, type Known, listening, type StubApi } from './stub-api.ts';

const releases = new URL('../../storefront/releases/', import.meta.url);

/** The release that a shop embeds. */
export const release = z
  .object({ file: z.string(), integrity: z.string() })
  .parse(JSON.parse(readFileSync(new URL('releases.json', releases), 'utf8')));

const component = readFileSync(new URL(release.file, releases));

/** Pages of a shop, and the file that they embed. */
export interface Shop {
  readonly origin: string;
  readonly publish: (path: string, page: ShopPage) => void;
  close(): Promise<void>;
}

interface ShopPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const shop = async (): Promise<Shop> => {
  const pages = new Map<string, ShopPage>();
  const server = createServer(({ url = '' }, response) => {
    const page = pages.get(url);
    if (url.split('?')[0] === `/component/${release.file}`) {
      response.writeHead(200, {
        'content-type': 'text/javascript',
        'access-control-allow-origin': '*',
      });
      response.end(component);
    } else if (page === undefined) response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': 'text/html', ...page.headers }).end(page.html);
  });
  return {
    origin: await listening(server),
    publish: (path, page) => void pages.set(path, page),
    close: () => closed(server),
  };
};

/** What a customer looks at a page on. */
export interface Screen {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly colorScheme?: 'light' | 'dark' | undefined;
}

export interface Visit {
  readonly behaviour?: Partial<Behaviour> | undefined;
  readonly screen?: Screen | undefined;
  /** Of the element, besides `api` and `token`; `null` takes one away. */
  readonly attributes?: Readonly<Record<string, string | null>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly css?: string | undefined;
  /** Within the element. */
  readonly slots?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly integrity?: string | undefined;
}

export interface Visited {
  readonly page: Page;
  readonly known: Known;
  /** What the browser complained of; failed requests, which it always names, are not among them. */
  readonly errors: readonly string[];
}

const toldEvent = z.object({
  name: z.string(),
  id: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

const watching = `
window.told = [];
window.shift = 0;
for (const name of ['session', 'accepted', 'confirmed', 'dismissed', 'empty'])
  document.addEventListener('afterglow-' + name, ({ type, detail, target }) =>
    told.push({ name: type, detail, id: target.id }));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
`;

/** The events that the element told the page, in order. */
export const toldOn = async (page: Page) =>
  z.array(toldEvent).parse(await page.evaluate('window.told'));

/** Cumulative layout shift, https://web.dev/articles/cls, without the time windows: it can only be more. */
export const shiftOn = async (page: Page) => z.number().parse(await page.evaluate('window.shift'));

let visits = 0;

const nextVisit = (): number => {
  visits += 1;
  return visits;
};

/** Opens a confirmation page of the shop; each has a session of its own. */
export const visit = async (
  context: BrowserContext,
  { origin, publish }: Pick<Shop, 'origin' | 'publish'>,
  api: StubApi,
  wanted: Visit = {},
): Promise<Visited> => {
  const number = nextVisit();
  const token = `order-token-${number}`;
  const known = api.behave(token, {
    session: sampleSession(api.origin, { sessionId: `s-${number}` }),
    ...wanted.behaviour,
  });
  const attributes = { api: api.origin, token, ...wanted.attributes };
  publish(`/order/${number}`, { html: htmlOf(wanted, attributes), headers: wanted.headers ?? {} });
  const page = await context.newPage();
  const { width = 1280, height = 720, colorScheme = 'light' } = wanted.screen ?? {};
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  await page.addInitScript(watching);
  await page.goto(`${origin}/order/${number}`);
  return { page, known, errors };
};

/** Without styles in the page: a strict policy forbids them. */
const htmlOf = (
  {
    css = 'body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 16px/1.5 sans-serif }',
    slots = '',
    before = '',
    after = '',
    integrity = release.integrity,
  }: Visit,
  attributes: Readonly<Record<string, string | null>>,
): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Thank you</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
${css === '' ? '' : `<style>${css}</style>`}
<script type="module" src="/component/${release.file}" integrity="${integrity}" crossorigin></script></head>
<body><main><h1>Thank you, Ada</h1><p>Your order 100482 is on its way to our workshop.</p>${before}
<afterglow-confirmation ${Object.entries(attributes)
  .flatMap(([name, value]) => (value === null ? [] : [`${name}="${value}"`]))
  .join(' ')}>${slots}</afterglow-confirmation>
${after}</main></body></html>`;
