import * as z from 'zod';
import { offerTypes } from '../domain/offers/offer.ts';
import { MAX_TOKEN_LENGTH } from './order-token.ts';

/** Bodies are a token and a few ids: more is refused with 413. */
export const MAX_BODY_BYTES = 32_768;

/** Impressions and kinds of one page fit into one request. */
const MAX_INTERACTIONS = 30;

const token = z.string().min(1).max(MAX_TOKEN_LENGTH);

/** `POST /sessions`. As `application/json`, or as `text/plain`, for which a browser asks no leave first (CORS). */
export const openSessionBody = z
  .strictObject({ orderToken: token.describe('JWT that the shop signed for this order') })
  .meta({ id: 'OpenSession' });

export const interactionKinds = ['viewed', 'clicked', 'accepted', 'dismissed'] as const;

/** `POST /sessions/{id}/interactions`. Said again, an interaction changes nothing. */
export const interactionsBody = z
  .strictObject({
    sessionToken: token.describe('As the session was answered with'),
    interactions: z
      .array(
        z.strictObject({
          impressionId: z.string().min(1).max(200),
          kind: z.enum(interactionKinds),
        }),
      )
      .min(1)
      .max(MAX_INTERACTIONS),
  })
  .meta({ id: 'Interactions' });

/** What has become of an offer. */
export const offerStates = [
  'open',
  'dismissed',
  /** the order system was asked */
  'pending',
  'confirmed',
  'refused',
  /** the order system did not answer in time */
  'expired',
] as const;

const offerView = z
  .object({
    impressionId: z.string().describe('Names this showing'),
    slot: z.int().describe('Place on the page, from 1'),
    type: z.enum(offerTypes),
    headline: z.string(),
    text: z.string().optional(),
    action: z.string().describe('What stands on the button'),
    imageUrl: z.string().optional(),
    partner: z.string().optional(),
    product: z
      .object({
        sku: z.string(),
        name: z.string(),
        price: z.string().describe('In words of the locale: 12,90 €'),
      })
      .optional(),
    href: z
      .string()
      .optional()
      .describe('Relative to the API: where the button leads. Absent: the button accepts'),
    state: z.enum(offerStates),
  })
  .meta({ id: 'Offer' });

/** What the component says itself, in the customer's language. */
export const sessionWords = z
  .object({
    heading: z.string(),
    dismiss: z.string(),
    opensPartner: z.string().describe('Said of a link that leaves the shop'),
    pending: z.string(),
    confirmed: z.string(),
    refused: z.string(),
    expired: z.string(),
    failed: z.string().describe('When an accept did not come through: it may be tried again'),
  })
  .meta({ id: 'Words' });

export type SessionWords = z.output<typeof sessionWords>;

/** The answer of `POST /sessions` and of `GET /sessions/{id}`: the same as long as the session lasts. */
export const sessionAnswer = z
  .object({
    sessionId: z.string(),
    sessionToken: z.string().describe('For what follows in this session'),
    expiresAt: z.iso.datetime(),
    locale: z.string(),
    offers: z.array(offerView),
    /** Sentences that announce what is asked for later. */
    prompts: z.object({ review: z.string().optional(), nps: z.string().optional() }),
    /** How to use what was just bought. */
    guides: z.array(
      z.object({
        sku: z.string(),
        name: z.string().describe('What the link says'),
        url: z.string(),
      }),
    ),
    words: sessionWords,
  })
  .meta({ id: 'Session' });

export type SessionAnswer = z.output<typeof sessionAnswer>;
export type OfferView = z.output<typeof offerView>;
export type OfferState = OfferView['state'];
export type InteractionKind = (typeof interactionKinds)[number];

/** The answer of `POST /sessions/{id}/interactions`. */
export const interactionsAnswer = z
  .object({
    offers: z
      .array(z.object({ impressionId: z.string(), state: z.enum(offerStates) }))
      .describe('Of the offers that were named, as they are now'),
  })
  .meta({ id: 'Interacted' });

/** RFC 9457. */
export const problemDocument = z
  .object({
    type: z.string().describe('urn:afterglow:problem:<name>'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What was got, what was expected, and what to do'),
  })
  .meta({ id: 'Problem' });
