import { describe, expect, onTestFinished, test, vi } from 'vitest';
import config from '#config';
import { isInHoldout } from '#core/domain/experiments/arms.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { demoSite } from '#rehearsal/demo/demo-site.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { line, sampleOrder } from '#rehearsal/input/sample-order.ts';
import { hearth, northside } from '#rehearsal/input/sample-shops.ts';
import { ShopOrders } from '#rehearsal/input/shop-orders.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';

const NOW_MS = Date.parse('2026-03-16T00:00:00Z');

const order = sampleOrder({
  shop: northside,
  orderId: '70200',
  placedMs: NOW_MS - 3_600_000,
  lines: [line('NS-BAG-022'), line('NS-SCK-WOL', 2)],
  says: { contact: { name: 'Kim <Lee>', locale: 'en-US' } },
});

const answered = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  bytes: Buffer.from(body),
  body,
});

/** The demo beside an API that serves one release and, to whatever else is asked, what it was asked. */
const opened = (orders: readonly PlacedOrder[] = [order]) => {
  const known = new ShopOrders();
  for (const each of orders) known.keep(each);
  const clock = new VirtualClock(NOW_MS);
  const told: TimedEvent[] = [];
  const http = ({ path }: HttpRequest) =>
    Promise.resolve(
      path === '/component/releases.json'
        ? answered(200, '{"version":"9.9.9","file":"component-9.9.9.js","integrity":"sha384-abc"}')
        : answered(
            200,
            `{"path":"${path}","imageUrl":"https://static.hearth.example/products/mug-1.jpg"}`,
          ),
    );
  const demo = demoSite({
    rehearsal: { http, clock, schedule: (events) => void told.push(...events) },
    shops: {
      orders: known,
      tokenOf: ({ orderId }, nowMs) => Promise.resolve(`token-of-${orderId}-at-${nowMs}`),
    },
    takenInAfterMs: 3_000,
  });
  onTestFinished(() => demo.close());
  const get = (path: string) =>
    demo.ask({ method: 'GET', path, headers: { host: '127.0.0.1:4080' } });
  return { ...demo, get, known, told, clock };
};

/** Sources by directive. */
const policyIn = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
  Object.fromEntries(
    (headers['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );

describe('the page of an order', () => {
  test('has the order with its sums, the component by its hash, and a token of now', async () => {
    const { get } = opened();

    const { status, body } = await get('/demo/northside/70200');

    expect(status).toBe(200);
    for (const words of ['Northside Outdoor', 'Day pack, 22 l', 'Merino hiking socks', '$148.30'])
      expect(body).toContain(words);
    expect(body).toContain('src="/component/component-9.9.9.js" integrity="sha384-abc"');
    expect(body).toContain(
      `<afterglow-confirmation api="/" token="token-of-70200-at-${NOW_MS}"></afterglow-confirmation>`,
    );
    expect(body.indexOf('</section>')).toBeLessThan(body.indexOf('<afterglow-confirmation'));
  });

  test('shows what a customer wrote as text', async () => {
    const { body } = await opened().get('/demo/northside/70200');

    expect(body).toContain('Thank you, Kim');
    expect(body).not.toContain('<Lee>');
  });

  test('runs under a policy without any inline script or style', async () => {
    const answer = await opened().get('/demo/northside/70200');

    expect(policyIn(answer)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'require-trusted-types-for': "'script'",
    });
    expect(answer.body).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
  });

  test.each([
    ['api-down', 'api="https://confirmation.invalid" token="', 'connect-src', /invalid/],
    ['no-token', '<afterglow-confirmation api="/"></', 'connect-src', /^'self'$/],
    ['blocked', 'token="token-of-70200', 'script-src', /^'none'$/],
    ['no-such-case', 'api="/" token="token-of-70200', 'script-src', /^'self'$/],
  ])('shows what happens in the case %s', async (name, element, directive, sources) => {
    const answer = await opened().get(`/demo/northside/70200?case=${name}`);

    expect(answer.body).toContain(element);
    expect(policyIn(answer)[directive]).toMatch(sources);
    expect(answer.body).toContain('Day pack, 22 l');
  });

  test('is there as JSON for its script, with what was added meanwhile', async () => {
    const { get, known } = opened();
    const added = {
      lineId: 'L3',
      ...line('NS-LMP-400', 1, { origin: { sessionId: 's', offerId: 'o' } }),
    };
    const amountMinor = order.total.amountMinor + 4_500;
    known.keep({
      ...order,
      lines: [...order.lines, added],
      total: { amountMinor, currency: 'USD' },
    });

    const { headers, body } = await get('/demo/northside/70200.json');

    expect(headers['content-type']).toMatch(/^application\/json/);
    const view = JSON.parse(body);
    expect(view.lines.map(({ isAdded }: { isAdded: boolean }) => isAdded)).toEqual([
      false,
      false,
      true,
    ]);
    expect(view.total).toBe('$193.30');
  });

  test('has sums that come to its total, in the words of its language', async () => {
    const german = sampleOrder({
      shop: hearth,
      orderId: '1',
      placedMs: NOW_MS,
      lines: [line('HG-MUG-300', 2)],
      says: {
        contact: { locale: 'de-DE' },
        discount: { amountMinor: 300, currency: 'EUR' },
      },
    });

    const { body } = await opened([german]).get('/demo/hearth/1.json');

    const { sums, total, words } = JSON.parse(body);
    expect(words.thanks).toBe('Vielen Dank');
    expect(sums.map(([name]: [string]) => name)).toEqual(['Waren', 'Rabatt', 'Versand']);
    const cents = (text: string) =>
      Number(text.replaceAll(/[^\d-]/g, '').replaceAll('\u2212', '-'));
    expect(sums.reduce((sum: number, [, amount]: [string, string]) => sum + cents(amount), 0)).toBe(
      cents(total),
    );
  });

  test.each(['/demo/northside/1', '/demo/hearth/70200', '/demo/%E0%A4%A', '/demo/nobody/new'])(
    'is not found where there is none: %s',
    async (path) => {
      expect(await opened().get(path)).toMatchObject({ status: 404 });
    },
  );
});

describe('an order that is placed in the demo', () => {
  test('has its page at once, and comes to the bus seconds later without time passing', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { get, told, clock } = opened();

    const { status, headers } = await get('/demo/hearth/new');
    const page = await get(headers['location'] ?? '');
    const before = [...told];
    await vi.advanceTimersByTimeAsync(3_000);

    expect([status, headers['location'], page.status]).toEqual([303, '/demo/hearth/demo-1', 200]);
    expect(before).toEqual([]);
    expect(told).toMatchObject([
      { detailType: 'OrderPlaced', atMs: NOW_MS, detail: { shop: 'hearth', orderId: 'demo-1' } },
    ]);
    expect(clock.now()).toBe(NOW_MS);
  });

  test('is of a new customer each time, whom something is shown unless the holdout is asked for', async () => {
    const { get, known } = opened([]);

    for (const query of ['', '', '?customer=held-out', '?customer=held-out'])
      await get(`/demo/northside/new${query}`);

    const customers = known.all().map(({ contact }) => contact.customerId ?? '');
    expect(new Set(customers).size).toBe(4);
    expect(customers.map((id) => isInHoldout(config.experiments, id))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('never comes to the bus once the demo is closed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { get, told, close } = opened();
    await get('/demo/hearth/new');

    close();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(told).toEqual([]);
  });
});

describe('beside the pages', () => {
  test('the list has the latest orders of both shops, none that is yet to come', async () => {
    const later = { ...order, orderId: 'later', occurredAt: new Date(NOW_MS + 1).toISOString() };
    const older = {
      ...order,
      orderId: 'older',
      occurredAt: new Date(NOW_MS - 7_200_000).toISOString(),
    };

    const { body } = await opened([older, order, later]).get('/demo/');

    expect(body).not.toContain('/demo/northside/later');
    expect(body.indexOf('/demo/northside/70200')).toBeLessThan(
      body.indexOf('/demo/northside/older'),
    );
    expect(body).toContain('/demo/hearth/new');
  });

  test('styles, the script and stand-ins for pictures are served from here', async () => {
    const { get } = opened();
    const types = await Promise.all(
      ['/demo/hearth/style.css', '/demo/page.js', '/demo/pictures/hg-mug-300.svg'].map(
        async (path) => (await get(path)).headers['content-type'],
      ),
    );

    expect(types).toEqual([
      'text/css; charset=utf-8',
      'text/javascript; charset=utf-8',
      'image/svg+xml; charset=utf-8',
    ]);
    expect((await get('/demo/hearth/style.css')).body).toContain('--primary:#7a3b1e');
  });

  test('the API answers all the rest, with pictures that can be had', async () => {
    const { get, ask } = opened();

    const session = await get('/sessions/1');
    const other = await get('/demonstration');
    const posted = await ask({ method: 'POST', path: '/demo/hearth/new' });

    expect(JSON.parse(session.body)).toEqual({
      path: '/sessions/1',
      imageUrl: 'http://127.0.0.1:4080/demo/pictures/mug-1.svg',
    });
    expect(session.bytes.toString('utf8')).toBe(session.body);
    expect(JSON.parse(other.body).imageUrl).toBe(
      'https://static.hearth.example/products/mug-1.jpg',
    );
    expect(posted.status).toBe(405);
  });
});
