import { describe, expect, test } from 'vitest';
import {
  irrelevanceOf,
  openSubjects,
  type RelevanceInputs,
  RETURN_DAYS,
} from '#core/domain/contact-policy/relevance.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Subject, TouchRelevance } from '#core/domain/touches/touch.ts';
import { told } from '#tests/unit/orders/histories.ts';
import {
  answered,
  at,
  cancelled,
  delivered,
  dispatched,
  disputed,
  euros,
  placed,
  received,
  refunded,
  returned,
  reviewed,
  updated,
  used,
} from '#tests/unit/orders/order-events.ts';
import { touches } from '#touches/registry.ts';

interface Question {
  readonly relevance?: TouchRelevance;
  readonly tellsOf?: Subject;
  readonly subjects?: readonly string[];
  /** After the order’s placing. */
  readonly events?: readonly OrderEvent[];
  readonly customer?: RelevanceInputs['customer'];
  readonly purchases?: readonly Purchase[];
  readonly hours?: number;
}

/** Why a touch of that relevance is not relevant, in a word. */
const reasonOf = ({ relevance, tellsOf = 'lines', subjects = ['mill'], ...rest }: Question) =>
  irrelevanceOf({
    touch: {
      ...touches['order-confirmation'],
      tellsOf,
      relevance: relevance === undefined ? [] : [relevance],
    },
    subjects,
    order: told([placed(), ...(rest.events ?? [])]),
    customer: rest.customer,
    purchases: rest.purchases ?? [],
    now: at(rest.hours ?? 1_000),
  })?.reason;

const bought = (orderId: string, hours: number, ...skus: readonly string[]): Purchase => ({
  shop: 'hearth',
  customerId: 'c-17',
  orderId,
  placedAt: at(hours),
  total: euros(1_000),
  lines: skus.map((sku) => ({ sku, quantity: 1 })),
});
const both = ['mill', 'tin'];
const arrived = delivered(14);

describe('a touch that tells of lines', () => {
  test('is pointless without one, and when the order has none of them', () => {
    expect(reasonOf({ subjects: [] })).toBe('no-longer-relevant');
    expect(reasonOf({ subjects: ['stray'] })).toBe('no-longer-relevant');
    expect(reasonOf({ subjects: ['stray', 'mill'] })).toBeUndefined();
  });

  test('is not judged by lines when it tells of something else', () => {
    expect(reasonOf({ tellsOf: 'order', subjects: [] })).toBeUndefined();
    expect(reasonOf({ tellsOf: 'products', subjects: ['OTHER'] })).toBeUndefined();
  });
});

describe('while it is underway', () => {
  const parcel = { relevance: 'while-underway', tellsOf: 'parcels', subjects: ['P1'] } as const;
  const after = (...events: readonly OrderEvent[]) => reasonOf({ ...parcel, events });

  test('a parcel is told of', () => {
    expect(after(dispatched(11, 'P1'))).toBeUndefined();
    expect(after(dispatched(11, 'P1'), delivered(14, 'P1'))).toBe('no-longer-relevant');
    expect(after(dispatched(11, 'P1'), updated(14, 'P1', 'lost'))).toBe('no-longer-relevant');
  });

  test('a parcel is told to be out for delivery for twelve hours, not longer', () => {
    const out = [dispatched(11, 'P1'), updated(20, 'P1', 'out_for_delivery')];

    expect(reasonOf({ ...parcel, events: out, hours: 32 })).toBeUndefined();
    expect(reasonOf({ ...parcel, events: out, hours: 33 })).toBe('no-longer-relevant');
  });

  test('another parcel is not told of in its place', () => {
    expect(after(dispatched(11, 'P2'))).toBe('no-longer-relevant');
  });
});

describe('while it is kept', () => {
  const kept = (events: readonly OrderEvent[], change: Question = {}) =>
    reasonOf({ relevance: 'while-kept', events: [arrived, ...events], ...change });

  test('an order is told of, and a line of it', () => {
    expect(kept([])).toBeUndefined();
    expect(kept([returned(20, 'tin')])).toBeUndefined();
  });

  test('a line that goes back is not, whatever stays', () => {
    expect(kept([returned(20, 'mill')])).toBe('given-back');
    expect(kept([returned(20, 'mill')], { subjects: both })).toBeUndefined();
    expect(kept([returned(20, 'mill')], { tellsOf: 'order', subjects: [] })).toBeUndefined();
  });

  test('nothing is when all of it goes back or was cancelled', () => {
    expect(kept([received(20, 'R1')], { tellsOf: 'order' })).toBe('given-back');
    expect(kept([cancelled(12)], { tellsOf: 'products' })).toBe('given-back');
  });

  test('nothing is while its payment is disputed', () => {
    expect(kept([disputed(20, 'D1')])).toBe('disputed');
    expect(kept([disputed(20, 'D1'), disputed(30, 'D1', 'won')])).toBeUndefined();
  });
});

describe('what is still open', () => {
  const asking = (events: readonly OrderEvent[], subjects: readonly string[] = both) => ({
    touch: touches['review-request'],
    subjects,
    order: told([placed(), arrived, ...events]),
    purchases: [],
    now: at(1_000),
  });

  test('are the lines that are kept and not dealt with', () => {
    expect(openSubjects(asking([]))).toEqual(both);
    expect(openSubjects(asking([reviewed(20, 'SKU-mill')]))).toEqual(['tin']);
    expect(openSubjects(asking([returned(20, 'mill')]))).toEqual(['tin']);
    expect(openSubjects(asking([], ['stray', 'tin']))).toEqual(['tin']);
  });

  test('is nothing when each line is closed for a reason of its own', () => {
    const mill = { lines: [{ lineId: 'mill', quantity: 1 }] };
    const inputs = {
      ...asking([cancelled(15, mill), reviewed(20, 'SKU-tin')]),
      touch: touches['review-request'],
    };

    expect(openSubjects(inputs)).toEqual([]);
    expect(irrelevanceOf(inputs)?.reason).toBe('no-longer-relevant');
  });

  test('are all subjects of what tells of no lines', () => {
    const offer = { ...asking([]), touch: touches['cross-sell'], subjects: ['A', 'B'] };

    expect(openSubjects(offer)).toEqual(['A', 'B']);
  });
});

describe('unless it is returning', () => {
  const asked = (hours: number, ...events: readonly OrderEvent[]) =>
    reasonOf({ relevance: 'unless-returning', hours, events });
  const tenDays = 14 + 24 * RETURN_DAYS;

  test('an order is asked about ten days after it has come', () => {
    expect(RETURN_DAYS).toBe(10);
    expect(asked(tenDays - 1, arrived)).toBe('too-early');
    expect(asked(tenDays, arrived)).toBeUndefined();
  });

  test('an order is asked about ten days after the last of it has come', () => {
    const mill = { lines: [{ lineId: 'mill', quantity: 1 }] };
    const parcels = [dispatched(11, 'P1', mill), dispatched(12, 'P2')];
    const first = delivered(14, 'P1');

    expect(asked(9_000, ...parcels, first)).toBe('too-early');
    expect(asked(tenDays, ...parcels, first, delivered(20, 'P2'))).toBe('too-early');
    expect(asked(tenDays + 6, ...parcels, first, delivered(20, 'P2'))).toBeUndefined();
  });

  test('an order that has not come is never asked about', () => {
    expect(asked(9_000)).toBe('too-early');
  });

  test('no return may have been opened, of whichever line', () => {
    expect(asked(tenDays, arrived, returned(20, 'tin'))).toBe('return-opened');
    expect(asked(tenDays, arrived, refunded(20, { reason: 'returned' }))).toBe('return-opened');
    expect(asked(tenDays, arrived, refunded(20, { reason: 'goodwill' }))).toBeUndefined();
  });
});

describe('unless the customer', () => {
  const lastly = (...events: readonly OrderEvent[]) => [arrived, ...events];

  test('is unhappy: the last answer counts', () => {
    const relevance = 'unless-unhappy';

    expect(reasonOf({ relevance, events: lastly() })).toBeUndefined();
    expect(reasonOf({ relevance, events: lastly(answered(20, 2)) })).toBe('dissatisfied');
    expect(
      reasonOf({ relevance, events: lastly(answered(20, 2), answered(30, 3)) }),
    ).toBeUndefined();
  });

  test('uses all of it', () => {
    const relevance = 'unless-activated';

    expect(reasonOf({ relevance, events: lastly() })).toBeUndefined();
    expect(reasonOf({ relevance, events: lastly(used(20, 'mill')) })).toBe('already-done');
    expect(
      reasonOf({ relevance, subjects: both, events: lastly(used(20, 'mill')) }),
    ).toBeUndefined();
  });

  test('has answered, whatever they said', () => {
    const relevance = 'unless-answered';

    expect(reasonOf({ relevance, events: lastly() })).toBeUndefined();
    expect(reasonOf({ relevance, events: lastly(answered(20, 1)) })).toBe('already-done');
  });

  test('has reviewed all of it', () => {
    const relevance = 'unless-reviewed';
    const events = lastly(reviewed(20, 'SKU-mill'));

    expect(reasonOf({ relevance, events })).toBe('already-done');
    expect(reasonOf({ relevance, events, subjects: both })).toBeUndefined();
  });

  test('is in the loyalty programme', () => {
    const customer = newCustomer('hearth', 'c-17');
    const question = { relevance: 'unless-enrolled', tellsOf: 'order' } as const;

    expect(reasonOf(question)).toBeUndefined();
    expect(reasonOf({ ...question, customer })).toBeUndefined();
    expect(reasonOf({ ...question, customer: { ...customer, loyalty: { at: at(1) } } })).toBe(
      'already-done',
    );
  });

  test('has all of it on subscription', () => {
    const relevance = 'unless-subscribed';
    const having = (state: 'active' | 'cancelled') => ({
      ...newCustomer('hearth', 'c-17'),
      subscriptions: { 'S-1': { sku: 'SKU-mill', state, at: at(1) } },
    });

    expect(reasonOf({ relevance })).toBeUndefined();
    expect(reasonOf({ relevance, customer: having('active') })).toBe('already-done');
    expect(reasonOf({ relevance, customer: having('cancelled') })).toBeUndefined();
    expect(reasonOf({ relevance, customer: having('active'), subjects: both })).toBeUndefined();
  });

  test('has ordered again, this order and those before not counted', () => {
    const question = { relevance: 'unless-ordered-again', tellsOf: 'order' } as const;
    const before = [bought('1', 2, 'A'), bought('100482', 10, 'SKU-mill')];

    expect(reasonOf({ ...question, purchases: before })).toBeUndefined();
    expect(reasonOf({ ...question, purchases: [...before, bought('9', 90, 'A')] })).toBe(
      'ordered-again',
    );
    expect(reasonOf({ ...question, purchases: [...before, bought('9', 90)] })).toBeUndefined();
  });

  test('has begun or renewed a subscription since, which runs', () => {
    const question = { relevance: 'unless-ordered-again', tellsOf: 'order' } as const;
    const having = (state: 'active' | 'cancelled', hours: number) => ({
      ...newCustomer('hearth', 'c-17'),
      subscriptions: { 'S-1': { sku: 'SKU-mill', state, at: at(hours) } },
    });

    expect(reasonOf({ ...question, customer: having('active', 90) })).toBe('ordered-again');
    expect(reasonOf({ ...question, customer: having('active', 10) })).toBeUndefined();
    expect(reasonOf({ ...question, customer: having('cancelled', 90) })).toBeUndefined();
  });

  test('has bought all of it again since', () => {
    const relevance = 'unless-bought-again';
    const purchases = [bought('9', 90, 'SKU-mill')];

    expect(reasonOf({ relevance, purchases })).toBe('ordered-again');
    expect(reasonOf({ relevance, purchases, subjects: both })).toBeUndefined();
    expect(reasonOf({ relevance, purchases: [bought('1', 2, 'SKU-mill')] })).toBeUndefined();
  });

  test('owns all that is offered', () => {
    const question = { relevance: 'unless-owned', tellsOf: 'products' } as const;
    const purchases = [bought('9', 90, 'A')];

    expect(reasonOf({ ...question, subjects: ['A', 'B'], purchases })).toBeUndefined();
    expect(reasonOf({ ...question, subjects: ['A'], purchases })).toBe('already-done');
  });
});
