import * as z from 'zod';
import { orderTokenClaims } from './order-token.ts';
import {
  interactionsAnswer,
  interactionsBody,
  MAX_BODY_BYTES,
  openSessionBody,
  problemDocument,
  sessionAnswer,
} from './session-api.ts';

const SESSION = '4f6d1c0a9b3e4d7f8a2b1c0d9e8f7a6b';
const TOKEN = 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.…';

const exampleOpen = { orderToken: 'eyJhbGciOiJIUzI1NiJ9.…' };

const exampleInteractions = {
  sessionToken: TOKEN,
  interactions: [
    { impressionId: `${SESSION}-1`, kind: 'viewed' },
    { impressionId: `${SESSION}-1`, kind: 'accepted' },
  ],
};

const exampleSession = {
  sessionId: SESSION,
  sessionToken: TOKEN,
  expiresAt: '2026-11-23T12:00:00.000Z',
  locale: 'en-GB',
  offers: [
    {
      impressionId: `${SESSION}-1`,
      slot: 1,
      type: 'upsell',
      headline: 'Beans for the first weeks',
      text: 'A kilo of the house espresso goes into the same parcel.',
      action: 'Add to my order',
      imageUrl: 'https://static.hearth.example/HG-BEA-1000.jpg',
      product: { sku: 'HG-BEA-1000', name: 'House espresso, 1 kg', price: '€24.90' },
      state: 'open',
    },
    {
      impressionId: `${SESSION}-2`,
      slot: 2,
      type: 'partner',
      headline: 'A course for the weekend',
      action: 'See dates',
      partner: 'baristas',
      href: `sessions/${SESSION}/visits/${SESSION}-2?t=${TOKEN}`,
      state: 'open',
    },
  ],
  prompts: { nps: 'In about two weeks we will ask you one question: would you recommend us?' },
  guides: [
    {
      sku: 'HG-ESP-100',
      name: 'Espresso One',
      url: 'https://www.hearth.example/guides/coffee-machines',
    },
  ],
  words: {
    heading: 'Before you go',
    dismiss: 'No, thanks',
    opensPartner: 'opens the website of another company',
    pending: 'One moment: we are adding it to your order.',
    confirmed: 'Done: it is on its way with your order.',
    refused: 'That did not work out. Nothing was added, and you pay nothing for it.',
    expired: 'We could not confirm it in time. Nothing was added, and you pay nothing for it.',
    failed: 'That did not come through. Please try again.',
  },
};

/** Everything that is shown as an example, for a test to hold it against its schema. */
export const openApiExamples = [
  [openSessionBody, exampleOpen],
  [interactionsBody, exampleInteractions],
  [sessionAnswer, exampleSession],
] as const;

const bodyOf = (schema: z.ZodType, example: object) => ({
  required: true,
  content: {
    'application/json': { schema, example },
    // The same text; of this type a browser asks no leave first (a CORS-safelisted request).
    'text/plain': { schema: z.string(), example: JSON.stringify(example) },
  },
});

const session = (description: string) => ({
  description,
  content: { 'application/json': { schema: sessionAnswer, example: exampleSession } },
});

const problem = (description: string, headers?: z.ZodObject) => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: { 'application/problem+json': { schema: problemDocument } },
});

const problems = {
  '400': problem('The body is not JSON, or a key of it is wrong: `detail` names the key'),
  '401': problem('The token was not accepted: `detail` says why'),
  '404': problem('There is nothing here, or it is none of the bearer’s business'),
  '410': problem('The session is over: it lasts 24 hours, and an order has one'),
  '413': problem(`The body has more than ${MAX_BODY_BYTES} bytes`),
  '429': problem(
    'Too many requests came from this address',
    z.object({ 'retry-after': z.string().meta({ description: 'Seconds to wait' }) }),
  ),
  '500': problem('Something went wrong here: the same may be asked again'),
};

const sessionId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ description: 'As the session was answered with', example: SESSION });

const sessions = {
  post: {
    operationId: 'openSession',
    summary: 'Opens the confirmation page of an order',
    description:
      'An order has one session, whoever asks and however often: asked again, the same is answered. `OrderTokenClaims` are what the shop signs.',
    requestBody: bodyOf(openSessionBody, exampleOpen),
    responses: {
      '200': session('The session as it was opened before'),
      '201': session('The session, opened now'),
      ...problems,
    },
  },
};

const oneSession = {
  get: {
    operationId: 'lookAtSession',
    summary: 'The session as it is now: what has become of what was accepted',
    security: [{ sessionToken: [] }],
    requestParams: { path: z.object({ id: sessionId }) },
    responses: {
      '200': session('The session'),
      '401': problems['401'],
      '404': problems['404'],
      '410': problems['410'],
      '429': problems['429'],
      '500': problems['500'],
    },
  },
};

const interactions = {
  post: {
    operationId: 'recordInteractions',
    summary: 'What the customer did with offers',
    description:
      'Said again, an interaction changes nothing. All of a request is taken, or none of it.',
    requestParams: { path: z.object({ id: sessionId }) },
    requestBody: bodyOf(interactionsBody, exampleInteractions),
    responses: {
      '200': {
        description: 'The offers that were named, as they are now',
        content: {
          'application/json': {
            schema: interactionsAnswer,
            example: { offers: [{ impressionId: `${SESSION}-1`, state: 'pending' }] },
          },
        },
      },
      ...problems,
    },
  },
};

const visit = {
  get: {
    operationId: 'followOffer',
    summary: 'Leads to where an offer leads, and records the click on the way',
    description:
      'The address is the offer’s own; a partner’s gets `ag_impression`, which the partner hands back, and a page of the shop a signed token `t`.',
    security: [{ visitToken: [] }],
    requestParams: {
      path: z.object({
        id: sessionId,
        impressionId: z
          .string()
          .regex(/^[0-9a-f]{32}-\d{1,2}$/)
          .meta({ description: 'Names the showing', example: `${SESSION}-2` }),
      }),
    },
    responses: {
      '302': {
        description: 'The way on',
        headers: z.object({
          location: z
            .string()
            .meta({ description: 'An https address', example: 'https://www.partner.example/a' }),
        }),
      },
      '404': problems['404'],
      '429': problems['429'],
      '500': problems['500'],
    },
  },
};

/** The sessions API in terms of zod-openapi, which makes OpenAPI 3.1 of it. */
export const openApi = {
  openapi: '3.1.0' as const,
  info: {
    title: 'Afterglow: confirmation pages',
    version: '1.0.0',
    summary: 'What a page after an order shows, and what becomes of it',
    description:
      'Called by the web component on the shop’s page; docs/sessions-api.md says more. Every problem is a document of RFC 9457.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [
    {
      url: 'https://{api}',
      description: 'The output ConfirmationEndpoint of the Confirmation stack',
      variables: { api: { default: 'api.example' } },
    },
  ],
  // Order and session tokens of the POSTs stand in their bodies.
  security: [],
  paths: {
    '/sessions': sessions,
    '/sessions/{id}': oneSession,
    '/sessions/{id}/interactions': interactions,
    '/sessions/{id}/visits/{impressionId}': visit,
  },
  components: {
    schemas: { OrderTokenClaims: orderTokenClaims },
    securitySchemes: {
      sessionToken: {
        type: 'http' as const,
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The `sessionToken` of the session; it ends with it',
      },
      visitToken: {
        type: 'apiKey' as const,
        in: 'query' as const,
        name: 't',
        description:
          'Of one offer, in the `href` that it was answered with; it ends with the session',
      },
    },
  },
};
