import { describe, expect, test } from 'vitest';
import { type AnyFact, factSchema } from '#core/contracts/facts.ts';
import { recordFacts } from '#lambdas/record-facts/record-facts.ts';
import { inMemoryPseudonyms } from '#tests/fakes/in-memory-pseudonyms.ts';

const world = () => {
  const rows: AnyFact[] = [];
  let names = 0;
  const record = recordFacts({
    pseudonyms: inMemoryPseudonyms(() => `p-${++names}`),
    streams: {
      put: async (facts) => {
        rows.push(...facts);
      },
    },
    shops: ['hearth'],
  });
  return { rows, record };
};

const own = (type: string, detail: object, source = 'afterglow') => ({
  id: type,
  body: JSON.stringify({
    source,
    'detail-type': type,
    detail: {
      eventId: `e/${type}`,
      occurredAt: '2026-11-22T12:00:00.000Z',
      schemaVersion: 1,
      shop: 'hearth',
      orderId: '820982911946154508',
      ...detail,
    },
  }),
});

const placed = own('OrderChanged', {
  change: 'OrderPlaced',
  status: 'open',
  placedAt: '2026-11-22T12:00:00.000Z',
  customerId: 'ada',
  country: 'DE',
  isGift: false,
  amount: { amountMinor: 5970, currency: 'EUR' },
  placed: [
    {
      lineId: '1',
      sku: 'MUG-1',
      category: 'Kitchen',
      kind: 'physical',
      quantity: 3,
      total: { amountMinor: 5970, currency: 'EUR' },
      class: 'primary',
    },
  ],
});

describe('an order that was placed', () => {
  test('is an event and a row a line, under a pseudonym', async () => {
    const { rows, record } = world();

    const result = await record([placed]);

    expect(result).toEqual({ rows: 2, failed: [] });
    expect(rows).toEqual([
      {
        fact: 'order_events',
        row: expect.objectContaining({
          fact_id: 'hearth/e/OrderChanged',
          order_id: '820982911946154508',
          type: 'OrderPlaced',
          amount_minor: 5970,
        }),
      },
      {
        fact: 'order_lines',
        row: expect.objectContaining({ customer: 'p-1', sku: 'MUG-1', total_minor: 5970 }),
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('ada');
  });

  test('has the same rows when it comes again', async () => {
    const { rows, record } = world();

    await record([placed]);
    await record([placed]);

    expect(rows.slice(2)).toEqual(rows.slice(0, 2));
  });
});

describe('a ledger entry', () => {
  test('is a row for each that it is credited to, whose amounts make up the entry', async () => {
    const { rows, record } = world();
    const credit = (id: string, amountMinor: number) => ({
      kind: 'touch',
      id,
      orderId: '1',
      touch: 'cross-sell',
      amountMinor,
      reportingMinor: amountMinor,
    });
    const entry = (entryId: string, amountMinor: number, more: object) => ({
      entryId,
      account: 'revenue',
      kind: 'goods',
      amountMinor,
      currency: 'EUR',
      exponent: 2,
      reportingMinor: amountMinor,
      reportingCurrency: 'EUR',
      reportingExponent: 2,
      ...more,
    });

    await record([
      own('LedgerEntryPosted', {
        transactionId: 't-1',
        transaction: 'sale',
        entries: [
          entry('a', -1001, { credits: [credit('x', -501), credit('y', -500)] }),
          entry('b', 1001, { account: 'receivable', kind: 'due' }),
        ],
      }),
    ]);

    expect(rows.map(({ row }) => [row['fact_id'], row['amount_minor'], row['credit_id']])).toEqual([
      ['hearth/a/touch/1/x', -501, 'x'],
      ['hearth/a/touch/1/y', -500, 'y'],
      ['hearth/b', 1001, undefined],
    ]);
  });
});

describe('a page', () => {
  test('is told of by whoever serves it', async () => {
    const { rows, record } = world();
    const shown = { sessionId: 's-1', impressionId: 'i-1', offerId: 'o-1', slot: 1 };

    await record([
      own('SessionOpened', { sessionId: 's-1' }, 'oms.hearth'),
      own('OfferShown', shown, 'afterglow.customer'),
    ]);

    expect(rows.map(({ fact, row }) => [fact, row['kind']])).toEqual([
      ['sessions', 'opened'],
      ['impressions', 'shown'],
    ]);
  });

  test('makes no rows of what ingest parks', async () => {
    const { rows, record } = world();

    const result = await record([
      own('SessionOpened', { sessionId: 7 }, 'oms.hearth'),
      own('SessionOpened', { sessionId: 's' }, 'oms.elsewhere'),
    ]);

    expect(result).toEqual({ rows: 0, failed: [] });
    expect(rows).toEqual([]);
  });
});

describe('a batch', () => {
  test('records what can be read and gives back what cannot', async () => {
    const { rows, record } = world();

    const result = await record([
      { id: 'torn', body: '{"source":' },
      own('CustomersMerged', { customerId: 'guest:1', into: 'ada' }),
      own('MessageSent', { touch: 'x' }),
    ]);

    expect(result.failed.map(({ id }) => id)).toEqual(['torn', 'MessageSent']);
    expect(rows).toEqual([
      {
        fact: 'customer_links',
        row: expect.objectContaining({ customer: 'p-1', merged_into: 'p-2' }),
      },
    ]);
  });

  test('makes rows that their tables take', async () => {
    const { rows, record } = world();
    const touch = { touch: 'care-guide', touchId: 'care-guide:1', channel: 'email' };
    const message = { ...touch, messageId: 'm-1' };

    await record([
      placed,
      own('TouchDecided', {
        ...touch,
        customerId: 'ada',
        purpose: 'service',
        turn: 1,
        decision: 'send',
        rules: [],
      }),
      own('MessageSent', { ...message, inDoubt: false, personalised: ['lines', 'name'] }),
      own('MessageDelivered', message),
      own('MessageBounced', { ...message, permanent: true, because: 'no such box' }),
      own('MessageComplained', message),
      own('MessageClicked', { ...message, link: 'www.hearth.example/guides' }),
      own('SupportCaseChanged', { customerId: 'ada', caseId: 'c', state: 'opened' }),
      own('ExposureRecorded', { customerId: 'ada', experiment: 'holdout', arm: 'treated' }),
    ]);

    expect(rows.length).toBe(10);
    for (const { fact, row } of rows) expect(() => factSchema(fact).parse(row)).not.toThrow();
  });
});
