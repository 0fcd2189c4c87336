import { credibleInterval } from './beta-interval.ts';
import type { Judged, OfferDecision, Placed, Relation } from './decision.ts';
import { refusalWords } from './refusal-words.ts';
import { type OfferValue, productTypes } from './offer.ts';

/** Writes an amount of the shop's currency, given in minor units. */
export type MoneyFormat = (amountMinor: number) => string;

/**
 * Why an offer was shown in a session or was not, in English for who runs the shop: counts, what is
 * expected, what it would earn. Of an offer that the decision does not name it says why not.
 */
export const whyShown = (decision: OfferDecision, offerId: string, money: MoneyFormat): string => {
  const placed = decision.placed.find((each) => each.offerId === offerId);
  if (placed !== undefined) return whyPlaced(decision, placed, money);
  const next = decision.next.find((each) => each.offerId === offerId);
  if (next !== undefined) return whyPassedOver(decision, next, money);
  const refused = decision.refusedOffers.find((each) => each.offerId === offerId);
  if (refused !== undefined) return `Not shown: ${refusalWords[refused.reason]}.`;
  const named = decision.placed.length + decision.next.length;
  const unnamed = refusedIn(decision) - decision.refusedOffers.length;
  const orRefused = unnamed > 0 ? `, or one of ${count(unnamed)} that could not be shown` : '';
  return decision.candidates > named || unnamed > 0
    ? `Not shown: it was not among the best ${count(named)} of ${count(decision.candidates)}${orRefused}. The decision names no others.`
    : 'Not shown: there was no such offer when this was decided.';
};

/** The whole decision as lines: what was chosen from, each place, what came next, and what was not eligible. */
export const decisionInWords = (decision: OfferDecision, money: MoneyFormat): readonly string[] => {
  const { placed, next, slots, candidates, isExploration, floorMinor } = decision;
  const empty = slots - placed.length;
  return [
    `${count(placed.length)} of ${plural(slots, 'place')} filled, from ${plural(candidates, 'offer')} that could be shown.`,
    ...(isExploration ? [`This is ${explorationWords(decision)}.`] : []),
    ...placed.map(({ offerId }) => `${offerId}: ${whyShown(decision, offerId, money)}`),
    ...(empty > 0
      ? [
          `${plural(empty, 'place')} left empty: nothing else was allowed beside these${isExploration ? '' : ` and promised ${amount(floorMinor, money)} or more`}.`,
        ]
      : []),
    ...next.map(({ offerId }) => `${offerId}: ${whyShown(decision, offerId, money)}`),
    ...refusedInWords(decision),
  ];
};

/** The evidence for a product that goes with nothing is of another kind: that it sells. */
const evidenceWords = ({ context }: Placed): string =>
  context.endsWith('/none') ? 'Of its product' : 'It goes with the order';

const whyPlaced = (decision: OfferDecision, placed: Placed, money: MoneyFormat): string => {
  const how = decision.isExploration ? `, at random: ${explorationWords(decision)}` : '';
  return [
    `Shown in place ${placed.slot}${how}.`,
    ...(placed.because === undefined ? [] : [`${evidenceWords(placed)}: ${placed.because}.`]),
    expectation(placed),
    `${percent(placed.drawn)} was drawn for this session; times ${money(placed.valueMinor)} ${valueWords[placed.valueKind]} makes ${amount(placed.scoreMinor, money)}.`,
    `The chance that it came here was ${percent(placed.propensity)}.`,
  ].join(' ');
};

const whyPassedOver = (
  { placed, floorMinor, isExploration }: OfferDecision,
  next: OfferDecision['next'][number],
  money: MoneyFormat,
): string => {
  const would = `it would have earned ${amount(next.scoreMinor, money)}`;
  if (next.passedOver === 'below-floor')
    return `Not shown: ${would}, and a place is not given for less than ${amount(floorMinor, money)}.`;
  if (next.passedOver === 'diversity')
    return `Not shown: the page had as many of its type, partner or category as it shows, or its very product; ${would}.`;
  if (isExploration) return `Not shown: others came up at random; ${would}.`;
  const last = placed.at(-1);
  const others = placed.length === 1 ? 'a better one' : `${count(placed.length)} better ones`;
  return `Not shown: ${others} took the ${placed.length === 1 ? 'place' : 'places'}; ${would}, the last place ${amount(last?.scoreMinor ?? 0, money)}.`;
};

/** `Of 1,204 showings to returning customers whose order it goes well with, 61 were accepted; between 3.9 % and 6.3 % are expected.` */
const expectation = (judged: Judged): string => {
  const { lower, upper } = credibleInterval(judged.posterior);
  const whom = customersWords(judged);
  const success = successWords[judged.valueKind];
  const seen =
    judged.shown === 0
      ? `It was not shown to ${whom} yet; of offers like it`
      : `Of ${plural(judged.shown, 'showing')} to ${whom}, ${count(judged.accepted)} ${judged.accepted === 1 ? 'was' : 'were'} ${success};`;
  return `${seen} between ${percent(lower)} and ${percent(upper)} are expected.`;
};

const customersWords = ({ context, type }: Judged): string => {
  const who = context.startsWith('new') ? 'customers on their first order' : 'returning customers';
  if (!productTypes.some((each) => each === type)) return who;
  const relation = relations.find((each) => context.endsWith(`/${each}`)) ?? 'none';
  return `${who} whose order ${relationWords[relation]}`;
};

const relations: readonly Relation[] = ['strong', 'weak', 'none'];

const relationWords: Readonly<Record<Relation, string>> = {
  strong: 'it goes well with',
  weak: 'it goes with loosely',
  none: 'it has nothing to do with',
};

/** What its counters count: products are accepted and partners' customers buy; of the rest a click is all that is heard. */
const successWords: Readonly<Record<OfferValue['kind'], string>> = {
  margin: 'accepted',
  cpa: 'accepted',
  cpc: 'clicked',
  worth: 'clicked',
};

const valueWords: Readonly<Record<OfferValue['kind'], string>> = {
  margin: 'margin',
  cpa: 'commission',
  cpc: 'for a click',
  worth: 'that it is worth',
};

const explorationWords = ({ explorationShare }: OfferDecision): string =>
  `one of the ${percent(explorationShare)} of sessions that try any offer`;

const refusedIn = ({ refused }: OfferDecision): number =>
  Object.values(refused).reduce((sum, each) => sum + each, 0);

const refusedInWords = (decision: OfferDecision): readonly string[] => {
  const total = refusedIn(decision);
  if (total === 0) return [];
  const reasons = Object.entries(refusalWords)
    .map(([reason, words]) => ({
      words,
      offers: new Map(Object.entries(decision.refused)).get(reason) ?? 0,
    }))
    .filter(({ offers }) => offers > 0)
    .map(({ words, offers }) => `  ${count(offers)}: ${words}`);
  return [`${plural(total, 'offer')} could not be shown:`, ...reasons];
};

const count = (value: number): string => value.toLocaleString('en');

const plural = (value: number, what: string): string =>
  `${count(value)} ${what}${value === 1 ? '' : 's'}`;

const LEAST_PERCENT = 0.001;

/** Two significant digits below 10 %, else one decimal: rates are often below one in a hundred. */
const percent = (share: number): string => {
  const value = share * 100;
  if (value > 0 && value < LEAST_PERCENT) return `less than ${LEAST_PERCENT} %`;
  const digits = value >= 9.95 ? value.toFixed(1) : value.toPrecision(2);
  return `${Number(digits)} %`;
};

/** What a showing earns is often less than the least that there is a coin for. */
const amount = (minor: number, money: MoneyFormat): string =>
  minor > 0 && minor < 1 ? `less than ${money(1)}` : money(Math.round(minor));
