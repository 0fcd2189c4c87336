import { styleText } from 'node:util';
import { moneyIn } from '#core/domain/messages/formats.ts';
import { decisionInWords, whyShown } from '#core/domain/offers/decision-words.ts';
import type { Session, ShownOffer } from '#core/domain/sessions/session.ts';

/** What the order's confirmation page showed, what became of it, and why it was that. */
export const pageInWords = (session: Session): readonly string[] => {
  const { openedAt, isHeldOut, offers, decision } = session;
  return [
    styleText('bold', `Confirmation page, opened ${minuteOf(openedAt)}`),
    ...(isHeldOut ? ['  nothing is shown: the customer is in the holdout'] : []),
    ...offers.map((offer) => `  ${offer.slot}. ${offer.offerId}: ${courseOf(offer)}`),
    ...(decision === undefined ? [] : decisionInWords(decision, amountsIn(session)).map(indented)),
  ];
};

/** Why one offer was shown on the page, or was not. */
export const offerInWords = (session: Session, offerId: string): string =>
  session.decision === undefined
    ? 'Nothing was shown: the customer is in the holdout.'
    : whyShown(session.decision, offerId, amountsIn(session));

const amountsIn = ({ currency }: Session): ((amountMinor: number) => string) => {
  const write = moneyIn('en');
  return (amountMinor) => write({ amountMinor, currency });
};

const minuteOf = (at: string): string => at.slice(0, 16).replace('T', ' ');

const indented = (line: string): string => `     ${styleText('gray', line)}`;

const courseOf = ({ viewedAt, clickedAt, dismissedAt, acceptance }: ShownOffer): string => {
  const steps = [
    [viewedAt, 'seen'],
    [clickedAt, 'clicked'],
    [dismissedAt, 'dismissed'],
    [acceptance?.at, acceptance === undefined ? '' : settledAs[acceptance.state]],
  ] as const;
  const done = steps.flatMap(([at, what]) => (at === undefined ? [] : [`${what} ${minuteOf(at)}`]));
  return done.length === 0 ? 'not seen' : done.join(', ');
};

const settledAs = {
  pending: 'accepted, and the order system asked',
  confirmed: 'confirmed',
  refused: 'refused by the order system',
  expired: 'accepted, and not answered by the order system in time',
} as const;
