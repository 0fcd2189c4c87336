import { describe, expect, test } from 'vitest';
import type { ShopConfig } from '#core/contracts/config.ts';
import { sessionAnswer as schema } from '#core/contracts/session-api.ts';
import type { Acceptance, Session, ShownOffer } from '#core/domain/sessions/session.ts';
import { pageTokens, sessionAnswer } from '#core/sessions/session-answer.ts';
import { byTheClick, hearth, minute, sessionOf, SESSION_ID, shown } from './sessions.ts';

const shop = hearth();

const tokens = {
  session: 'session.token',
  visits: new Map([[`${SESSION_ID}-2`, 'visit.token']]),
};

/** As it comes over the wire. */
const answered = (session: Session, change: Partial<ShopConfig> = {}) =>
  schema.parse(JSON.parse(JSON.stringify(sessionAnswer(session, { ...shop, ...change }, tokens))));

const settledAs = (state: Acceptance['state']): Partial<ShownOffer> => ({
  acceptance: { state, at: minute(1), validUntil: minute(16) },
});

describe('the answer of a session', () => {
  const page = sessionOf([shown(1), byTheClick(2)], {
    guides: [{ sku: 'SKU-9', name: 'The 9', url: 'https://www.hearth.example/guides/9' }],
  });

  test('is what its contract says, ready to be shown', () => {
    expect(answered(page)).toMatchObject({
      sessionId: SESSION_ID,
      sessionToken: 'session.token',
      expiresAt: minute(24 * 60),
      locale: 'en-GB',
      offers: [
        {
          impressionId: `${SESSION_ID}-1`,
          slot: 1,
          product: { sku: 'SKU-1', name: 'The 1', price: '€12.90' },
          state: 'open',
        },
        {
          partner: 'trailstay',
          href: `sessions/${SESSION_ID}/visits/${SESSION_ID}-2?t=visit.token`,
        },
      ],
      guides: [{ sku: 'SKU-9', name: expect.stringContaining('The 9') }],
    });
  });

  test('has a link where an offer leads somewhere, and none where it is accepted', () => {
    const { offers } = answered(page);

    expect(offers.map(({ href }) => href !== undefined)).toEqual([false, true]);
    expect(offers[0]).not.toHaveProperty('href');
  });

  test('tells nothing of how it was decided, of its worth or of where a link leads', () => {
    const text = JSON.stringify(answered(page));

    for (const secret of ['propensity', 'valueMinor', 'budget', 'trailstay.example', 'c-17'])
      expect(text).not.toContain(secret);
  });

  test('is in the language and format of its locale', () => {
    const { offers, words } = answered({ ...page, locale: 'de-DE' });

    expect(offers[0]?.product?.price).toBe('12,90\u00a0€');
    expect(words.dismiss).toBe('Nein, danke');
  });

  test('has the shop’s own words where there are none in its language, or else English ones', () => {
    const french = { ...page, locale: 'fr-FR' };

    expect(answered(french, { locales: ['de-DE', 'fr-FR'] }).words.dismiss).toBe('Nein, danke');
    expect(answered(french, { locales: ['fr-FR'] }).words.dismiss).toBe('No, thanks');
  });

  test('announces the survey that the shop has, and a review where it has a page for one', () => {
    expect(answered(page, { survey: 'nps' }).prompts.nps).toContain('would you recommend us');
    expect(answered(page, { survey: 'csat' }).prompts.nps).toContain('are you happy');
    expect(answered(page).prompts.review).toContain('review');
    expect(answered(page, { pages: {} }).prompts).not.toHaveProperty('review');
  });

  test('promises an order of its own where that is what an accept makes', () => {
    const confirmation = { ...shop.confirmation, acceptTo: 'new-order' as const };

    expect(answered(page, { confirmation }).words.confirmed).toContain('of its own');
    expect(answered(page).words.confirmed).toContain('with your order');
  });

  test('of who is held out has nothing to show', () => {
    const heldOut = answered(sessionOf([], { isHeldOut: true, decision: undefined }));

    expect(heldOut).toMatchObject({ offers: [], prompts: {}, guides: [] });
  });

  test.each<[Partial<ShownOffer>, string]>([
    [{}, 'open'],
    [{ dismissedAt: minute(1) }, 'dismissed'],
    [settledAs('pending'), 'pending'],
    [settledAs('confirmed'), 'confirmed'],
    [settledAs('refused'), 'refused'],
    [settledAs('expired'), 'expired'],
  ])('shows %j as %s', (change, state) => {
    expect(answered(sessionOf([shown(1, change)])).offers[0]?.state).toBe(state);
  });
});

describe('the tokens of a page', () => {
  test('are one for the session and one for each link, and end with it', async () => {
    const signed: unknown[] = [];

    const { visits } = await pageTokens(sessionOf([shown(1), byTheClick(2)]), {
      sign: async (claims) => {
        signed.push(claims);
        return claims.use;
      },
    });

    const expiresAt = minute(24 * 60);
    expect(signed).toEqual([
      { use: 'session', sessionId: SESSION_ID, expiresAt },
      { use: 'visit', sessionId: SESSION_ID, impressionId: `${SESSION_ID}-2`, expiresAt },
    ]);
    expect([...visits.keys()]).toEqual([`${SESSION_ID}-2`]);
  });
});
