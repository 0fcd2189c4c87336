import type { Product } from '../catalogue/product.ts';
import type { LiveText } from '../content/live-text.ts';
import type { Incentive } from '../experiments/experiment.ts';
import {
  accessLines,
  type Order,
  type OrderLine,
  toDeliver,
  toDispatch,
  wantedOf,
} from '../orders/order.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Purpose, Subject } from '../touches/touch.ts';
import { type CancellationView, cancellationView } from './cancellation-view.ts';
import { readableOn } from './contrast.ts';
import { type DelayView, delayView } from './delay-view.ts';
import { formatsFor, knownZone } from './formats.ts';
import { type LineList, lineViews, listOf, type Viewing } from './line-list.ts';
import type { MessageLocale } from './locales.ts';
import { type LinkMaker, type MessageLinks, messageLinks } from './message-links.ts';
import { greetingName } from './names.ts';
import { type OfferView, offerViews } from './offer-views.ts';
import { type OrderView, orderView } from './order-view.ts';
import {
  type AttemptView,
  attemptViews,
  type ParcelView,
  parcelsTold,
  parcelView,
} from './parcel-views.ts';
import { type RefundView, refundViews } from './refund-views.ts';
import type { ShopIdentity } from './shop-identity.ts';
import { type SurveyView, surveyView } from './survey-view.ts';
import {
  type ReturnsView,
  returnsView,
  toldList,
  type WarrantyView,
  warrantyView,
} from './told-view.ts';

/**
 * Everything a template may use. What is not known is `null`, never missing: templates are rendered
 * strictly, so that a misspelt name fails when they are compiled.
 */
export interface MessageContext extends MessageLocale {
  readonly shop: ShopView;
  readonly customer: { readonly name: string | null };
  readonly order: OrderView;
  /** The parcels that the message tells of. */
  readonly parcels: readonly ParcelView[];
  readonly attempts: readonly AttemptView[];
  /** `null` unless the subjects are of a delay. */
  readonly delay: DelayView | null;
  readonly cancellation: CancellationView;
  /** The lines that wait for stock and that the message tells of. */
  readonly waiting: LineList;
  /** What has still to be dispatched, and what has still to arrive. */
  readonly stillToSend: LineList;
  readonly stillToArrive: LineList;
  /** What needs no parcel. */
  readonly access: LineList;
  /** The lines that the message tells of and that the customer keeps. */
  readonly told: LineList;
  /** What the subjects suggest; none unless they are products. */
  readonly offers: readonly OfferView[];
  /** `null` where nobody in particular reads the message. */
  readonly survey: SurveyView | null;
  /** The refunds that the message tells of. */
  readonly refunds: readonly RefundView[];
  readonly returns: ReturnsView;
  readonly warranty: WarrantyView;
  /** Which of its touch's variants it is, as an experiment has it; `null` for the usual one. */
  readonly variant: string | null;
  /** What an experiment gives the customer for an order; `null` for most. */
  readonly incentive: IncentiveView | null;
  readonly links: MessageLinks;
}

export interface IncentiveView {
  readonly code: string;
  readonly text: string;
}

interface ShopView {
  readonly name: string;
  readonly logoUrl: string;
  readonly primary: string;
  readonly onPrimary: string;
  readonly entity: string;
  readonly address: readonly string[];
}

export interface MessageContextInputs {
  /** As in the touch's request. */
  readonly subjects: readonly string[];
  /** What the touch says that they are. */
  readonly tellsOf: Subject;
  readonly purpose: Purpose;
  readonly order: Order;
  /** Of the lines told and the SKUs suggested; some may be missing. */
  readonly products: readonly Product[];
  /** What is written of these products. @default nothing */
  readonly texts?: readonly LiveText[] | undefined;
  readonly customerName: string | undefined;
  /** The customer's, as the shop keeps it. @default the shop's */
  readonly timeZone?: string | undefined;
  readonly shop: ShopIdentity;
  readonly locale: MessageLocale;
  readonly links: LinkMaker;
  /** @default the usual one */
  readonly variant?: string | undefined;
  /** @default none */
  readonly incentive?: Incentive | undefined;
  readonly now: Instant;
  readonly linesShown: number;
}

/** What a message says of an order, in the words, dates and amounts of one locale. */
export const messageContextOf = (inputs: MessageContextInputs): MessageContext => {
  const { subjects, tellsOf, order, customerName, shop, locale } = inputs;
  const telling = { tellsOf, subjects };
  const links = messageLinks(shop, inputs.purpose, inputs.links);
  const viewing = viewingOf(inputs, links);
  return {
    ...locale,
    shop: shopView(shop),
    customer: { name: greetingName(customerName) },
    order: orderView(order, viewing),
    parcels: parcelsTold(order, subjects).map((parcel) => parcelView(order, parcel, viewing)),
    attempts: attemptViews(order, subjects, viewing),
    delay: delayView(order, subjects, viewing),
    cancellation: cancellationView(order, subjects, viewing),
    waiting: waitingList(order, subjects, viewing),
    stillToSend: listOf(order, (line) => toDispatch(order, line), viewing),
    stillToArrive: listOf(order, (line) => toDeliver(order, line), viewing),
    access: listOf({ lines: accessLines(order) }, wantedOf, viewing),
    told: toldList(order, telling, viewing),
    offers: offerViews(telling, viewing),
    survey: surveyView(shop.survey, links.survey),
    refunds: refundViews(order, subjects, viewing),
    returns: returnsView(order, telling, viewing),
    warranty: warrantyView(order, telling, viewing),
    variant: inputs.variant ?? null,
    incentive: incentiveView(inputs.incentive, locale),
    links,
  };
};

/** Nothing is given where it cannot be said what it is. */
const incentiveView = (
  incentive: Incentive | undefined,
  { language }: MessageLocale,
): IncentiveView | null => {
  const text = incentive?.text[language];
  return incentive === undefined || text === undefined ? null : { code: incentive.code, text };
};

const viewingOf = (
  inputs: MessageContextInputs,
  { orderStatus: orderStatusUrl }: MessageLinks,
): Viewing => {
  const { shop, locale, links, products, texts = [], now, linesShown } = inputs;
  const timeZone = knownZone(inputs.timeZone) ?? shop.timeZone;
  const viewing = {
    shop,
    formats: formatsFor({ locale: locale.locale, timeZone, now }),
    now,
    to: links.to,
    orderStatusUrl,
    products,
    texts,
    linesShown,
  };
  return { ...viewing, viewOf: lineViews(viewing) };
};

const shopView = ({ name, brand, legal }: ShopIdentity): ShopView => ({
  name,
  logoUrl: brand.logoUrl,
  primary: brand.primary,
  onPrimary: readableOn(brand.primary, brand.onPrimary),
  entity: legal.entity,
  address: legal.address,
});

/** Subjects are `<lineId>` or `<lineId>/<promised date>`; the date that holds now is the line's. */
const waitingList = (order: Order, subjects: readonly string[], viewing: Viewing): LineList => {
  const isTold = ({ lineId }: OrderLine): boolean =>
    subjects.some((subject) => subject === lineId || subject.startsWith(`${lineId}/`));
  const told = (line: OrderLine): number => (isTold(line) ? toDispatch(order, line) : 0);
  return listOf(order, told, viewing);
};
