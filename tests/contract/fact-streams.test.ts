import { FirehoseClient } from '@aws-sdk/client-firehose';
import { expect, test } from 'vitest';
import { firehoseFactStreams } from '#core/adapters/firehose-fact-streams.ts';
import { type AnyFact, type FactName, factNames } from '#core/contracts/facts.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';

const session = (number: number, more: object = {}): AnyFact => ({
  fact: 'sessions',
  row: {
    fact_id: `hearth/e-${number}`,
    shop: 'hearth',
    occurred_at: '2026-11-22T12:00:00.000Z',
    order_id: '1',
    session_id: 's-1',
    kind: 'opened',
    ...more,
  },
});

const streams: Readonly<Record<FactName, string>> = {
  order_lines: 'lines',
  order_events: 'events',
  touches: 'touches',
  message_events: 'messages',
  sessions: 'sessions',
  impressions: 'impressions',
  ledger_entries: 'ledger',
  service_signals: 'signals',
  exposures: 'exposures',
  customer_links: 'links',
};

const open = (answer: object) => {
  const { calls, config } = fakeAws(() => awsAnswer(answer));
  return { calls, put: firehoseFactStreams(new FirehoseClient(config), streams).put };
};

const taken = { FailedPutCount: 0, RequestResponses: [] };

test('every fact has a stream', () => {
  expect(Object.keys(streams)).toEqual(factNames);
});

test('rows go to the stream of their fact, a line of JSON each', async () => {
  const { calls, put } = open(taken);
  const link: AnyFact = {
    fact: 'customer_links',
    row: {
      fact_id: 'hearth/m',
      shop: 'hearth',
      occurred_at: '2026-11-22T12:00:00.000Z',
      customer: 'a',
      merged_into: 'b',
    },
  };

  await put([session(1), link, session(2)]);

  expect(calls.map(({ input }) => input['DeliveryStreamName'])).toEqual(['sessions', 'links']);
  const [first] = calls;
  const records: readonly { readonly Data: string }[] = Object(first?.input)['Records'];
  expect(records.map(({ Data }) => Buffer.from(Data, 'base64').toString('utf8'))).toEqual([
    `${JSON.stringify(session(1).row)}\n`,
    `${JSON.stringify(session(2).row)}\n`,
  ]);
});

test('more rows than a call takes go by several', async () => {
  const { calls, put } = open(taken);

  await put(Array.from({ length: 1001 }, (_, number) => session(number)));

  expect(calls.map(({ input }) => Object(input['Records']).length)).toEqual([500, 500, 1]);
});

test('a row that was not taken fails the call, and says why', async () => {
  const { put } = open({
    FailedPutCount: 1,
    RequestResponses: [
      { RecordId: '1' },
      { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' },
    ],
  });

  await expect(put([session(1), session(2)])).rejects.toThrow(
    '1 of 2 rows of sessions were not taken: ServiceUnavailableException Slow down.',
  );
});

test.each([
  ['a column that the table has not', { colour: 'red' }, 'colour'],
  ['a wrong type', { session_id: 7 }, 'session_id'],
  ['a time that is none', { occurred_at: 'yesterday' }, 'occurred_at'],
])('a row with %s is put nowhere', async (_, more, column) => {
  const { calls, put } = open(taken);

  await expect(put([session(1, more)])).rejects.toThrow(column);

  expect(calls).toEqual([]);
});
