import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { documentItem } from '#core/adapters/dynamo-items.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { scheduleDeeds } from '#rehearsal/scenarios/customer-deed.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';
import { page, problemsOf, scenarioOf } from './notes.ts';

const session = {
  sessionId: 's1',
  sessionToken: 'token',
  expiresAt: '2026-03-03T08:00:00Z',
  locale: 'en',
  offers: [],
  prompts: {},
  guides: [],
  words: {
    heading: '',
    dismiss: '',
    opensPartner: '',
    pending: '',
    confirmed: '',
    refused: '',
    expired: '',
    failed: '',
  },
};

/** A stored session whose page shows these offers. */
const stored = (offerIds: readonly string[]) =>
  documentItem({
    key: { session: 's1' },
    version: 1,
    document: {
      offers: offerIds.map((offerId, at) => ({ offerId, impressionId: `s1-${at + 1}` })),
    },
  });

const rehearse = async (when: string, shown: readonly string[], status = 201) => {
  const scenario = scenarioOf(page(when));
  const clock = new VirtualClock(scenario.fromMs);
  const asked: HttpRequest[] = [];
  const undone = scheduleDeeds(
    {
      clock,
      outbox: [],
      receiveText: () => undefined,
      tables: {
        all: [
          {
            logicalId: 'Sessions01234567',
            arn: '',
            name: '',
            type: '',
            properties: {},
            ref: '',
            stack: '',
          },
        ],
        dump: () => Promise.resolve([stored(shown.map((offer) => `${scenario.scope}-${offer}`))]),
      },
      http: (request) => {
        asked.push(request);
        const body = JSON.stringify(session);
        return Promise.resolve({
          status,
          headers: {},
          cookies: [],
          bytes: Buffer.from(body),
          body,
        });
      },
    },
    [scenario],
    (shop) => `key of ${shop}, long enough for a signature`,
  );
  await clock.runUntil(scenario.untilMs);
  return { scenario, asked, undone };
};

describe('a customer on the confirmation page', () => {
  test('opens it with a token of their order, signed by the shop', async () => {
    const { scenario, asked } = await rehearse('  - day 0 09:02: opened the confirmation page', []);

    const { orderToken }: { readonly orderToken: string } = JSON.parse(String(asked[0]?.body));
    expect(asked).toMatchObject([{ method: 'POST', path: '/sessions' }]);
    expect(decodeJwt(orderToken)).toMatchObject({ iss: 'hearth', sub: scenario.scope });
  });

  test('accepts the offer that is named, by the place where it stands', async () => {
    const { asked, undone } = await rehearse('  - day 0 09:03: accepted the offer mug', [
      'pot',
      'mug',
    ]);

    expect(asked[1]?.path).toBe('/sessions/s1/interactions');
    expect(JSON.parse(String(asked[1]?.body))).toEqual({
      sessionToken: 'token',
      interactions: [{ impressionId: 's1-2', kind: 'accepted' }],
    });
    expect(undone.size).toBe(0);
  });

  test('views all that is shown', async () => {
    const { asked } = await rehearse('  - day 0 09:03: viewed the offers', ['pot', 'mug']);

    expect(JSON.parse(String(asked[1]?.body))).toMatchObject({
      interactions: [{ impressionId: 's1-1' }, { impressionId: 's1-2' }],
    });
  });

  test('cannot accept what is not shown, which is told with its line', async () => {
    const { scenario, undone } = await rehearse('  - day 0 09:03: accepted the offer mug', ['pot']);

    expect(undone.get(scenario.scope)).toEqual([
      'line 8: accepted the offer mug: the page does not show mug',
    ]);
  });

  test('who is refused by the page is told of with its line', async () => {
    const when = '  - day 0 09:03: opened the confirmation page';
    const { scenario, undone } = await rehearse(when, [], 403);

    expect(undone.get(scenario.scope)).toEqual([
      expect.stringMatching(/^line 8: opened the confirmation page: the page answered 403/),
    ]);
  });

  test('may do it for one of several orders, and nothing else stands below', () => {
    const [mistake] = problemsOf(
      page('  - day 0 09:03: viewed the offers\n    order: B\n    amount: 3'),
    );

    expect(mistake).toMatchObject({
      line: 10,
      problem: 'got "amount", expected nothing below what the customer does',
    });
  });
});
