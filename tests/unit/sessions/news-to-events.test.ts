import { describe, expect, test } from 'vitest';
import { incomingEvents, type ToldEvent } from '#core/contracts/incoming-events.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { News } from '#core/domain/sessions/news.ts';
import {
  countsOf,
  openings,
  publishedNews,
  seenOf,
  spendingsOf,
  toldNews,
} from '#core/sessions/news-to-events.ts';
import { byTheClick, minute, sessionOf, SESSION_ID, shown } from './sessions.ts';

const offer = shown(1);
const link = byTheClick(2);
const session = sessionOf([offer, link]);

const news: readonly News[] = [
  { kind: 'shown', offer, at: minute(1) },
  { kind: 'accepted', offer, at: minute(2), validUntil: minute(17) },
  { kind: 'clicked', offer: link, at: minute(3) },
  { kind: 'succeeded', offer: link, at: minute(3) },
  { kind: 'dismissed', offer: shown(3), at: minute(4) },
  {
    kind: 'settled',
    offer,
    at: minute(5),
    acceptance: { state: 'refused', at: minute(5), validUntil: minute(17), reason: 'sold-out' },
  },
];

const parsed = ({ type, detail }: ToldEvent) => incomingEvents[type].parse(detail);

describe('news of a page, as events', () => {
  test('are events that are taken in: each as its contract has it', () => {
    const told = toldNews(session, news, 'order');

    for (const event of told) expect(parsed(event)).toMatchObject({ orderId: '100482' });
    expect(told.map(({ type }) => type)).toEqual([
      'OfferShown',
      'OfferAccepted',
      'OfferClicked',
      'OfferDismissed',
    ]);
  });

  test('tell of a showing all that it takes to judge other rules by it', () => {
    const [first] = toldNews(session, news, 'order');

    expect(first?.detail).toEqual({
      eventId: `shown/${SESSION_ID}-1`,
      occurredAt: minute(1),
      schemaVersion: 1,
      shop: 'hearth',
      orderId: '100482',
      sessionId: SESSION_ID,
      impressionId: `${SESSION_ID}-1`,
      offerId: 'offer-1',
      offerType: 'upsell',
      sku: 'SKU-1',
      partner: undefined,
      slot: 1,
      propensity: 0.4,
      policy: 'thompson-empirical-bayes/1',
      context: 'returning/strong',
      candidates: 4,
      candidateSet: '00000000deadbeef',
      snapshot: '2026-11-22T11:59:50.000Z/returning',
      valueMinor: 540,
      isExploration: false,
    });
  });

  test('ask the order system for one piece at the price that was shown', () => {
    const accepted = toldNews(session, news, 'new-order').find(
      ({ type }) => type === 'OfferAccepted',
    );

    expect(accepted?.detail).toMatchObject({
      eventId: `accepted/${SESSION_ID}-1/${minute(17)}`,
      adds: {
        sku: 'SKU-1',
        quantity: 1,
        unitPrice: { amountMinor: 1290, currency: 'EUR' },
        to: 'new-order',
        validUntil: minute(17),
      },
    });
  });

  test('are told once where two say the same', () => {
    expect(toldNews(session, [...news, ...news], 'order')).toHaveLength(4);
  });

  test('tell the shop’s other systems what was settled, with an id for each try', () => {
    const [settled, ...others] = publishedNews(session, news);

    expect(others).toEqual([]);
    expect(outgoingEvents.OfferSettled.parse(settled?.detail)).toEqual({
      eventId: `settled/${SESSION_ID}-1/refused/${minute(17)}`,
      occurredAt: minute(5),
      schemaVersion: 1,
      shop: 'hearth',
      orderId: '100482',
      sessionId: SESSION_ID,
      impressionId: `${SESSION_ID}-1`,
      offerId: 'offer-1',
      outcome: 'refused',
      sku: 'SKU-1',
      reason: 'sold-out',
    });
  });
});

describe('news of a page, as numbers', () => {
  test('count a showing and a success apart, in the context of the offer', () => {
    expect(countsOf(session, news)).toEqual([
      { shop: 'hearth', offerId: 'offer-1', context: 'returning/strong', shown: 1, accepted: 0 },
      { shop: 'hearth', offerId: 'offer-2', context: 'returning/strong', shown: 0, accepted: 1 },
    ]);
  });

  test('spend what a success costs, where there is a budget', () => {
    const withoutBudget: News = { kind: 'succeeded', offer, at: minute(3) };

    expect(spendingsOf([...news, withoutBudget])).toEqual([
      { offerId: 'offer-2', amountMinor: 30, budgetMinor: 100 },
    ]);
  });

  test('are remembered of the customer: a link that was followed is taken up', () => {
    expect(seenOf(news).map(({ offerId, kind }) => `${offerId} ${kind}`)).toEqual([
      'offer-1 shown',
      'offer-1 accepted',
      'offer-2 accepted',
      'offer-3 dismissed',
    ]);
  });

  test('remember a product that was accepted once, and not when it is confirmed again', () => {
    expect(seenOf([{ kind: 'succeeded', offer, at: minute(3) }])).toEqual([]);
  });
});

describe('the opening of a page', () => {
  test.each([
    [0, ['SessionOpened']],
    [30, ['SessionOpened']],
    [31, ['SessionOpened', 'SessionViewed']],
  ])('after %i minutes is told as %j', (minutes, types) => {
    const told = openings(session, minute(minutes));

    for (const event of told) expect(parsed(event)).toMatchObject({ sessionId: SESSION_ID });
    expect(told.map(({ type }) => type)).toEqual(types);
  });

  test('again is told once an hour', () => {
    const idAt = (minutes: number) => openings(session, minute(minutes))[1]?.detail.eventId;

    expect(idAt(59)).toBe(idAt(40));
    expect(idAt(60)).not.toBe(idAt(59));
  });

  test('is told each time by the same id and time', () => {
    expect(openings(session, minute(50))[0]).toEqual(openings(session, minute(0))[0]);
  });
});
