import * as z from 'zod';
import config from '#config';
import type { SampleShops } from '../input/play-sample-shops.ts';
import { sampleShops } from '../input/sample-shops.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { AskHttp, HttpResponse } from '../services/http-on-the-clock.ts';
import { answerOf, htmlPage, missing, redirect, withPictures } from './demo-answers.ts';
import { type DemoClock, DemoCounter } from './demo-counter.ts';
import { isDemoCase, listPage, orderPage, pathOf, type Release } from './demo-pages.ts';
import { demoPicture } from './demo-picture.ts';
import { demoScript } from './demo-script.ts';
import { demoStyle } from './demo-style.ts';
import { orderView } from './order-view.ts';

export interface DemoOptions {
  readonly rehearsal: Pick<Rehearsal, 'http' | 'schedule'> & { readonly clock: DemoClock };
  readonly shops: Pick<SampleShops, 'orders' | 'tokenOf'>;
  /** Real milliseconds until an order that was placed here is put on the bus. @default 3,000 */
  readonly takenInAfterMs?: number | undefined;
}

export interface DemoSite {
  /** Answers what begins with `/demo`; anything else the rehearsal's API answers. */
  readonly ask: AskHttp;
  /** Forgets orders that were not put on the bus yet. */
  readonly close: () => void;
}

const TAKEN_IN_AFTER_MS = 3_000;

/** Orders of each shop on the list. */
const LISTED = 12;

/**
 * The confirmation pages of the sample shops, beside the API of a rehearsal that has run: their own pages around the real
 * component, with tokens as the shops' servers sign them.
 */
export const demoSite = ({
  takenInAfterMs = TAKEN_IN_AFTER_MS,
  ...options
}: DemoOptions): DemoSite => {
  const counter = new DemoCounter({ ...options, takenInAfterMs });
  const { http } = options.rehearsal;
  return {
    ask: async (request) => {
      const url = URL.parse(request.path, 'http://demo.invalid');
      if (url === null || !/^\/demo(\/|$)/.test(url.pathname))
        return withPictures(await http(request), request);
      return request.method === 'GET'
        ? answer(url, options, counter)
        : answerOf(405, 'text/plain', 'expected GET\n', { allow: 'GET' });
    },
    close: () => counter.close(),
  };
};

const answer = async (
  { pathname, searchParams }: URL,
  options: DemoOptions,
  counter: DemoCounter,
): Promise<HttpResponse> => {
  if (pathname === '/demo') return redirect('/demo/');
  if (pathname === '/demo/') return htmlPage(list(options));
  const [folder = '', name = ''] = pathname.split('/').slice(2).map(decoded);
  const file = fileOf(folder, name);
  if (file !== undefined) return file;
  if (name !== 'new') return orderAnswer(options, folder, name, searchParams.get('case') ?? '');
  const order = counter.place(folder, searchParams.get('customer') === 'held-out');
  return order === undefined ? missing(`shop ${folder}`) : redirect(pathOf(order));
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    // What cannot be read is the name of nothing.
    if (error instanceof URIError) return part;
    throw error;
  }
};

const list = ({ rehearsal: { clock }, shops: { orders } }: DemoOptions): string => {
  const nowMs = clock.now();
  const latest = orders
    .all()
    .filter(({ occurredAt }) => Date.parse(occurredAt) <= nowMs)
    .toSorted((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt));
  return listPage(
    sampleShops.map(({ id: shop }) => ({
      shop,
      orders: latest.filter((order) => order.shop === shop).slice(0, LISTED),
    })),
    new Date(nowMs).toISOString(),
  );
};

const fileOf = (folder: string, name: string): HttpResponse | undefined => {
  if (folder === 'page.js') return answerOf(200, 'text/javascript', demoScript);
  const picture = folder === 'pictures' ? demoPicture(name.replace(/\.svg$/, '')) : undefined;
  if (picture !== undefined) return answerOf(200, 'image/svg+xml', picture);
  const shop = config.shops[folder];
  return shop !== undefined && name === 'style.css'
    ? answerOf(200, 'text/css', demoStyle(folder, shop.brand))
    : undefined;
};

/** The page of an order, or what is on it as JSON: `<order>.json`. */
const orderAnswer = async (
  { rehearsal: { http, clock }, shops }: DemoOptions,
  shop: string,
  name: string,
  asked: string,
): Promise<HttpResponse> => {
  const order = shops.orders.find(shop, name.replace(/\.json$/, ''));
  if (order === undefined) return missing(`order ${name} of ${shop}`);
  if (name.endsWith('.json'))
    return answerOf(200, 'application/json', JSON.stringify(orderView(order)));
  const shown = isDemoCase(asked) ? asked : undefined;
  const release = await latestRelease(http);
  const token = await shops.tokenOf(order, clock.now());
  return htmlPage(orderPage({ order, release, token, case: shown }), shown);
};

const releases = z.object({ file: z.string(), integrity: z.string() });

/** @throws {Error} when the API does not serve the component */
const latestRelease = async (http: AskHttp): Promise<Release> => {
  const { status, body } = await http({ method: 'GET', path: '/component/releases.json' });
  if (status !== 200)
    throw new Error(
      `GET /component/releases.json: got ${status}, expected the releases of the component; is it among the stacks?`,
    );
  return releases.parse(JSON.parse(body));
};
