import { instantOf, momentAt, momentInWords } from './calendar.ts';
import { MOMENT_WIDTH } from './check-books.ts';
import { TOLERANCE_MS } from './compare.ts';
import type { Mismatch, OfferExpectation } from './record-expectation.ts';
import type { Scenario } from './scenario.ts';

/** A row of the fact `impressions`. */
export interface SeenOffer {
  readonly orderId: string;
  readonly offerId: string;
  readonly kind: string;
  readonly atMs: number;
}

/** Sets what became of offers against one expectation. */
export const checkOffer = (
  scenario: Pick<Scenario, 'calendar' | 'scope' | 'untilMs'>,
  expected: OfferExpectation,
  seen: readonly SeenOffer[],
): readonly Mismatch[] => {
  const { order, offerId, outcome, written, when, line } = expected;
  const ofOrder = seen.filter(
    ({ orderId, atMs }) => orderId === order.orderId && atMs < scenario.untilMs,
  );
  const ofOffer = ofOrder.filter((each) => each.offerId === offerId);
  const alike = ofOffer.filter(({ kind }) => kind === outcome);
  const isMet =
    when === undefined ? alike.length === 0 : alike.some((each) => isTimely(each, when, scenario));
  if (isMet) return [];
  const moment = when === undefined ? 'never' : momentInWords(when);
  const shown = when !== undefined && alike.length === 0 ? ofOffer : alike;
  return [
    {
      line,
      expected: `${moment.padEnd(MOMENT_WIDTH)}offer ${written} ${outcome}`,
      got:
        shown.length === 0
          ? 'nothing of this offer'
          : shown.map((each) => inWords(each, scenario)).join('; '),
      hint: `npm run explain -- ${order.orderId}`,
    },
  ];
};

const isTimely = (
  { atMs }: SeenOffer,
  { day, minute, toMinute }: NonNullable<OfferExpectation['when']>,
  { calendar }: Pick<Scenario, 'calendar'>,
): boolean => {
  const at = momentAt(calendar, atMs);
  if (minute === undefined) return at.day === day;
  if (toMinute !== undefined) return at.day === day && at.minute >= minute && at.minute <= toMinute;
  return Math.abs(atMs - instantOf(calendar, { day, minute })) <= TOLERANCE_MS;
};

const inWords = (
  { offerId, kind, atMs }: SeenOffer,
  { calendar, scope }: Pick<Scenario, 'calendar' | 'scope'>,
): string =>
  `${momentInWords(momentAt(calendar, atMs)).padEnd(MOMENT_WIDTH)}offer ${offerId.replace(`${scope}-`, '')} ${kind}`;
