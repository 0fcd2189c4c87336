import { compareText } from '../compare-text.ts';
import type { Instant, OrderPlaced } from '../orders/order-event.ts';
import type { CreditSource } from './credit.ts';
import type { Evidence } from './evidence.ts';
import type { LedgerRules } from './ledger-rules.ts';

export const MS_PER_HOUR = 3_600_000;
export const HOURS_PER_DAY = 24;

/** The shop's clock and ours may differ: what an event names is not later than it by more than that. */
export const CLOCKS_DIFFER_HOURS = 1;

/** Something of ours that may have led to an order. */
export interface Lead {
  readonly source: CreditSource;
  readonly at: Instant;
  readonly because: string;
}

export const namedClicks = (
  event: OrderPlaced,
  usable: readonly Evidence[],
  { clicks, rules }: { readonly clicks: readonly string[]; readonly rules: LedgerRules },
): readonly Lead[] => {
  const hours = rules.attribution.clickDays * HOURS_PER_DAY;
  const found = usable.filter(
    ({ kind, id, at }) =>
      kind === 'click' &&
      clicks.includes(id) &&
      isWithin(at, event.occurredAt, hours, CLOCKS_DIFFER_HOURS),
  );
  return latest(found).map((click) => leadOf(click, 'the order came by a click on'));
};

/**
 * A code is its touch's: as it was given to the customer, or to whoever orders as a guest; one that was given to
 * others, or to everyone by the configuration, is of no order in particular.
 */
export const redeemedCode = (
  event: OrderPlaced,
  usable: readonly Evidence[],
  { code, rules }: { readonly code: string; readonly rules: LedgerRules },
): readonly Lead[] => {
  const hours = rules.attribution.codeDays * HOURS_PER_DAY;
  const given = usable.filter(
    ({ kind, id, at }) =>
      kind === 'code' &&
      codeOf(id) === code &&
      isWithin(at, event.occurredAt, hours, CLOCKS_DIFFER_HOURS),
  );
  const { customerId } = event.contact;
  const own = given.filter((each) => (each.customerId ?? customerId) === customerId);
  const [first] = latest(customerId === undefined ? given : own);
  if (first !== undefined) return [leadOf(first, 'its code was redeemed:')];
  const touch = latest(given)[0]?.touch ?? rules.codes[code];
  if (touch === undefined) return [];
  const at = event.occurredAt;
  return [
    { source: { kind: 'code', id: code, touch }, at, because: `its code was redeemed: ${touch}` },
  ];
};

/** What was not named was looked up by the customer, under whichever id they had. */
export const ownClicks = (
  { occurredAt }: OrderPlaced,
  usable: readonly Evidence[],
  {
    clicks,
    rules: { attribution },
  }: { readonly clicks: readonly string[]; readonly rules: LedgerRules },
): readonly Lead[] => {
  const hours = attribution.clickDays * HOURS_PER_DAY;
  const own = usable.filter(
    ({ kind, id, customerId, purpose, at }) =>
      kind === 'click' &&
      !clicks.includes(id) &&
      customerId !== undefined &&
      (purpose === undefined || attribution.purposes.includes(purpose)) &&
      isWithin(at, occurredAt, hours, 0),
  );
  return latest(own).map((click) =>
    leadOf(click, `the customer clicked within ${attribution.clickDays} days before on`),
  );
};

const leadOf = (evidence: Evidence, because: string): Lead => ({
  source: sourceOf(evidence),
  at: evidence.at,
  because: `${because} ${evidence.touch ?? 'a link'} of order ${evidence.orderId}`,
});

/** A click counts for the touch that it was on. */
export const sourceOf = ({
  kind,
  id,
  orderId,
  touchId,
  touch,
  channel,
  offerId,
}: Evidence): CreditSource =>
  kind === 'click'
    ? { kind: 'touch', id: touchId ?? id, orderId, touch, channel, offerId }
    : { kind, id, orderId, touch, channel, offerId };

export const latest = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.toSorted((a, b) => compareText(b.at, a.at) || compareText(a.id, b.id));

/** Whether `at` is at most so many hours before `then`, or a little after it. */
export const isWithin = (
  at: Instant,
  then: Instant,
  hours: number,
  hoursAfter: number,
): boolean => {
  const before = Date.parse(then) - Date.parse(at);
  return before <= hours * MS_PER_HOUR && before >= -hoursAfter * MS_PER_HOUR;
};
export const codeOf = (code: string): string => code.trim().toUpperCase();
