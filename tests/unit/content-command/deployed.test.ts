import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { tables } from '#core/contracts/tables.ts';
import { withDecision } from '#core/domain/content/product-texts.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { decisionOf } from '../../../bin/content/decision-of.ts';
import { storedIn, unkept } from '../../../bin/content/deployed-content.ts';
import { pinnedTexts } from '../../../bin/content/pinned-texts.ts';
import { reviewEntry, reviewEvent } from '../../../bin/content/review-event.ts';
import { apron, complexity, contentItems, knife, NOW, textsOf } from './content-state.ts';

const texts = textsOf(apron, 'en-GB', {});
const proposals = [{ shop: 'hearth', sku: 'HG-KNI', revision: 1, facts: [complexity] }];

const review = reviewEvent(
  {
    shop: 'hearth',
    sku: 'HG-APR',
    subject: { type: 'text', locale: 'en-GB', kind: 'care', version: 1 },
    verdict: 'reject',
    reviewer: 'Ada',
    reason: 'too dry',
  },
  NOW,
);

test('a review is put on the bus as the contract has it', () => {
  const { Source, DetailType, Detail } = reviewEntry(review);
  const envelope = { source: Source, 'detail-type': DetailType, detail: JSON.parse(Detail) };

  expect(parseEvent(JSON.stringify(envelope), ['hearth'])).toEqual({ ok: true, event: review });
});

describe('the content table', () => {
  const filled = async () => {
    const client = await inMemoryDynamoDb();
    const all = contentItems({ items: [], texts: [texts, textsOf(knife, 'en-GB', {})], proposals });
    for (const Item of all)
      await client.send(new PutItemCommand({ TableName: tables.content.name, Item }));
    return storedIn(client, tables.content.name, ['hearth', 'northside']);
  };

  test('is read whole, without claims', async () => {
    const stored = await (await filled())();

    expect(stored.texts.map(({ sku }) => sku).toSorted()).toEqual(['HG-APR', 'HG-KNI']);
    expect(stored.proposals).toEqual(proposals);
  });

  test('is read of one product in every shop', async () => {
    const stored = await (await filled())('HG-APR');

    expect(stored).toEqual({ texts: [texts], proposals: [] });
  });
});

describe('a decision that was handed in', () => {
  const after = withDecision(texts, { kind: 'care', version: 1 }, decisionOf(review));

  test('is waited for until it is kept', async () => {
    const answers = [texts, texts, after];
    let pauses = 0;

    const open = await unkept(
      {
        stored: async () => ({ texts: [answers.shift() ?? after], proposals: [] }),
        pause: async () => (pauses += 1),
        tries: 10,
      },
      [review],
    );

    expect(open.size).toBe(0);
    expect(pauses).toBe(2);
  });

  test('is said to be under way when it is not kept in time', async () => {
    const open = await unkept(
      {
        stored: async () => ({ texts: [texts], proposals: [] }),
        pause: async () => undefined,
        tries: 3,
      },
      [review],
    );

    expect([...open]).toEqual([review.eventId]);
  });
});

describe('what the messages of an order had', () => {
  const touch = {
    shop: 'hearth',
    orderId: 'o-1',
    touchId: 'care',
    purpose: 'service' as const,
    zones: [],
    turn: 1,
    earlier: [],
    state: 'sent' as const,
    attempts: 1,
    decidedAt: NOW,
    decision: { kind: 'send' as const, channel: 'email' as const, rules: [] },
    touch: 'care',
    subjects: [],
    channels: ['email' as const],
  };
  const ref = { sku: 'HG-APR', locale: 'en-GB', kind: 'care' as const };
  const sentWith = (version: number) => ({
    ...touch,
    outcome: {
      state: 'sent' as const,
      at: NOW,
      messageId: 'm-1',
      locale: 'en-GB',
      inDoubt: false,
      content: [{ ...ref, version }],
    },
  });
  const stored = async () => ({ texts: [texts], proposals: [] });

  test('is shown word for word, at the version that was pinned', async () => {
    const text = await pinnedTexts({ stored }, [sentWith(1)]);

    expect(text).toBe('  care: HG-APR care en-GB v1\n    Wash the apron at 30 °C.');
  });

  test('is said to be nothing, or not kept any more', async () => {
    expect(await pinnedTexts({ stored }, [])).toContain('None of its messages');
    expect(await pinnedTexts({ stored }, [sentWith(9)])).toContain('is not kept any more');
  });
});
