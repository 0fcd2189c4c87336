import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { toSession } from '#core/adapters/dynamo-sessions.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { MAX_LINES } from '#core/contracts/incoming-events.ts';
import { mostHtmlBytes } from '#core/domain/messages/message-size.ts';
import { HOUR_MS } from '#rehearsal/input/duration.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { playSampleShops } from '#rehearsal/input/play-sample-shops.ts';
import { catalogueEvents } from '#rehearsal/input/sample-catalogue.ts';
import {
  delivered,
  dispatched,
  sampleCase,
  type Script,
} from '#rehearsal/input/sample-cases/script.ts';
import { malformedEvents } from '#rehearsal/input/sample-malformed.ts';
import { offerEvents } from '#rehearsal/input/sample-offers.ts';
import { line, placing, sampleOrder } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { Rehearsal } from '#rehearsal/rehearsal.ts';
import { story } from './grants-story.ts';
import { assembly, rehearsed, type Rehearsed } from './rehearsed.ts';
import { withoutSignatures } from './without-signatures.ts';

const assemblyDir = await assembly();

const order = (script: Partial<Script> = {}): readonly TimedEvent[] =>
  sampleCase({
    orderId: '2001',
    shop: hearth,
    about: 'An order.',
    placedAt: '2026-03-02T10:00:00Z',
    lines: [line('HG-BEA-250', 2), line('HG-FLT-002')],
    says: contacts.jana,
    course: [dispatched('20h', 'P1'), delivered('3d', 'P1')],
    ...script,
  }).events;

const htmlOf = async ({ outbox }: Rehearsed, at = 0): Promise<string> =>
  (await PostalMime.parse(outbox[at]?.raw ?? '')).html ?? '';

describe('a plain order', () => {
  test('is confirmed, dispatched and delivered, then taught and asked, at the cost that was promised', async () => {
    const { summary, outbox, executions } = await rehearsed({ assemblyDir, events: order() });
    const fulfilment = executions.find(({ name }) => name.endsWith('_fulfilment'));

    expect(outbox.map(({ tags, to }) => [tags['touch'], ...to])).toEqual([
      ['order-confirmation', 'jana.krueger@customers.example'],
      ['dispatch-notice', 'jana.krueger@customers.example'],
      ['delivery-notice', 'jana.krueger@customers.example'],
      ['care-guide', 'jana.krueger@customers.example'],
      ['satisfaction-survey', 'jana.krueger@customers.example'],
    ]);
    expect(fulfilment).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'delivered' } });
    expect(fulfilment?.stateTransitions).toBeLessThanOrEqual(9);
    expect(summary.problems).toEqual([]);
  });

  test('hears of each thing at the moment that it happens', async () => {
    const { outbox } = await rehearsed({ assemblyDir, events: order() });

    expect(outbox.map(({ at }) => at.slice(0, 16))).toEqual([
      '2026-03-02T10:00',
      '2026-03-03T06:00',
      '2026-03-05T10:00',
      // From ten in Berlin, at the minute that the order's id draws.
      '2026-03-06T09:16',
      '2026-03-16T09:16',
    ]);
  });

  test('whose id no number could hold keeps it to the mail', async () => {
    const orderId = '9007199254740993';

    const run = await rehearsed({ assemblyDir, events: order({ orderId, course: [] }), days: 1 });

    expect(run.outbox.map(({ tags }) => tags['orderId'])).toEqual([orderId]);
    expect(await htmlOf(run)).toContain(orderId);
  });

  test('gets links signed by another key from another seed, and is else the same', async () => {
    const withoutTokens = ({ outbox }: Rehearsed) =>
      outbox.map(({ at, to, tags }) => ({ at, to, tags }));

    const one = await rehearsed({ assemblyDir, events: order(), days: 1, seed: '1' });
    const other = await rehearsed({ assemblyDir, events: order(), days: 1, seed: '2' });

    expect(await htmlOf(one)).not.toBe(await htmlOf(other));
    expect(withoutTokens(one)).toEqual(withoutTokens(other));
  });
});

describe('a story of every channel, with pages and an inbox', () => {
  test('ends the same in every run of one seed', { timeout: 180_000 }, async () => {
    // No outages: how long a message that failed is kept back is drawn anew each time.
    const run = { ...story, assemblyDir, faults: undefined };
    const first = await rehearsed(run);
    const again = await rehearsed(run);

    expect(withoutSignatures(again)).toEqual(withoutSignatures(first));
    for (const { length } of [first.outbox, first.texts, first.pushes, first.visits])
      expect(length).toBeGreaterThan(0);
  });
});

/** Thirty orders of the same machine within a minute, as the shop tells them, and what its page may offer. */
const ordersWithPage = (): readonly TimedEvent[] => {
  const placedMs = Date.parse('2026-03-02T10:00:00Z');
  const orders = Array.from({ length: 30 }, (_, at) =>
    placing(
      sampleOrder({
        shop: hearth,
        orderId: `3${String(at).padStart(3, '0')}`,
        placedMs: placedMs + at * 1500,
        lines: [line('HG-ESP-100'), line('HG-BEA-250')],
        says: {
          contact: { customerId: `c-${at}`, name: 'Ada', locale: 'en-GB' },
          shipTo: contacts.jana.shipTo,
        },
      }),
      4000,
    ),
  );
  const before = placedMs - HOUR_MS / 12;
  return [...catalogueEvents(before), ...offerEvents(before), ...orders];
};

/** Customers look at their pages, and the order system answers. */
const withPages = (events: readonly TimedEvent[]) => async (rehearsal: Rehearsal) => {
  const { key: appKey } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const keys = (shop: string) => shopKey(new TextEncoder().encode(appKey), shop);
  await playSampleShops(rehearsal, { events, fromMs: 0, seed: '1', appKey, keys });
};

describe('the confirmation pages of thirty orders', { timeout: 120_000 }, () => {
  const events = ordersWithPage();
  const played = () => rehearsed({ assemblyDir, events, visit: withPages(events), days: 1 / 32 });
  // Not before its turn: a second one beside the orders above would slow both down.
  let first: Promise<Rehearsed> | undefined;
  const run = (): Promise<Rehearsed> => (first ??= played());

  const sessionsOf = ({ items: { Sessions = [] } }: Rehearsed) => Sessions.map(toSession);

  test('are opened once each, and seen but for customers who are held out', async () => {
    const { summary, visits } = await run();
    const sessions = sessionsOf(await run());
    const [heldOut, shown] = [true, false].map((isHeldOut) =>
      sessions.filter((session) => session.isHeldOut === isHeldOut),
    );

    expect(
      visits.filter(({ path, status }) => path === '/sessions' && status === 201),
    ).toHaveLength(sessions.length);
    expect(sessions.length).toBeGreaterThan(20);
    expect(heldOut?.length).toBeGreaterThan(0);
    expect(heldOut?.flatMap(({ offers }) => offers)).toEqual([]);
    expect(shown?.filter(({ offers }) => offers.length === 0)).toEqual([]);
    expect(summary.page).toMatchObject({ sessions: sessions.length });
    expect(summary.problems).toEqual([]);
  });

  test('add what is accepted once the order system did, and book it to the page', async () => {
    const { items, summary } = await run();
    const accepted = sessionsOf(await run()).flatMap(({ sessionId, orderId, offers }) =>
      offers.flatMap(({ offerId, product, acceptance }) =>
        product === undefined || acceptance === undefined
          ? []
          : [{ key: [sessionId, orderId, offerId, product.sku].join(' '), ...acceptance }],
      ),
    );
    const booked = (items['Ledger'] ?? [])
      .map(toTransaction)
      .flatMap(({ orderId, entries }) =>
        entries
          .filter((entry) => entry.account === 'revenue' && entry.class === 'confirmation_upsell')
          .flatMap(({ sku, credits = [] }) =>
            credits.map(({ id, offerId }) => [id, orderId, offerId, sku].join(' ')),
          ),
      );

    const confirmed = accepted.filter(({ state }) => state === 'confirmed');
    expect(confirmed.length).toBeGreaterThan(1);
    expect(booked.toSorted()).toEqual(confirmed.map(({ key }) => key).toSorted());
    expect(accepted.filter(({ state }) => state === 'pending')).toEqual([]);
    expect(summary.page['products accepted']).toBe(accepted.length);
  });

  test('end the same in every run of one seed', async () => {
    const again = await played();

    expect(sessionsOf(again)).toEqual(sessionsOf(await run()));
    expect(withoutSignatures(again)).toEqual(withoutSignatures(await run()));
  });
});

describe('an event that cannot be used', () => {
  test('is parked with its reason, and nothing else happens', async () => {
    const { deadLetters, outbox, summary } = await rehearsed({
      assemblyDir,
      events: malformedEvents.map(({ event }) => event),
      days: 1,
    });

    const found = deadLetters.map(
      ({ body, attributes }) =>
        `${attributes['reason']} ${JSON.stringify(JSON.parse(body).detail)}`,
    );
    const expected = malformedEvents.map(
      ({ event, reason }) => `${reason} ${JSON.stringify(event.detail)}`,
    );
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(
      deadLetters.filter(({ attributes }) => (attributes['problem'] ?? '').length < 10),
    ).toEqual([]);
    expect(outbox).toEqual([]);
    expect(summary.problems).toEqual([]);
  });

  test('because its system needs an adapter is parked as it came, with the adapter’s name', async () => {
    const envelope = `{"version":"0","id":"00000000-0000-4000-8000-00000000abcd","detail-type":"shopifyWebhook","source":"aws.partner/shopify.com/1/orders","account":"111122223333","time":"2026-03-02T10:00:00Z","region":"eu-central-1","resources":[],"detail":{"payload":{"id":820982911946154508,"currency":"EUR"},"metadata":{"X-Shopify-Topic":"orders/create"}}}`;
    const { source, detail, time } = JSON.parse(envelope);
    const event = {
      atMs: Date.parse(time),
      source,
      detailType: 'shopifyWebhook',
      detail,
      envelope,
    };

    const { deadLetters, summary } = await rehearsed({ assemblyDir, events: [event], days: 1 });

    expect(deadLetters).toMatchObject([
      { body: envelope, attributes: { reason: 'needs-adapter' } },
    ]);
    expect(deadLetters[0]?.attributes['problem']).toContain('Shopify');
    expect(summary.problems).toEqual([]);
  });
});

describe('an order of many lines', () => {
  const lines = (count: number) => Array.from({ length: count }, () => line('HG-BEA-250'));

  test('goes through when it has as many as are allowed, in a mail that is shown whole', async () => {
    const run = await rehearsed({ assemblyDir, events: order({ lines: lines(MAX_LINES) }) });

    expect(MAX_LINES).toBe(500);
    expect(run.summary).toMatchObject({ orders: 1, mails: 5, problems: [] });
    for (const at of run.outbox.keys())
      expect(Buffer.byteLength(await htmlOf(run, at))).toBeLessThan(mostHtmlBytes);
  });

  test('is parked when it has one more', async () => {
    const [placed] = order({ lines: lines(MAX_LINES + 1) });

    const { summary, outbox } = await rehearsed({
      assemblyDir,
      events: placed === undefined ? [] : [placed],
      days: 1,
    });

    expect(summary).toMatchObject({ orders: 0, parked: { invalid: 1 }, problems: [] });
    expect(outbox).toEqual([]);
  });
});
