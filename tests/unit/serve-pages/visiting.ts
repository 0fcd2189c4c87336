import config from '#config';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { sha256Base64, sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { ToldEvent } from '#core/contracts/incoming-events.ts';
import type { ConsentStatement } from '#core/domain/customers/consent.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { MessageClaims } from '#core/ports/link-signer.ts';
import type { ShortLink } from '#core/ports/short-links.ts';
import { placing } from '#lib/messages/sample-orders.ts';
import { type PageAnswer, requestOf } from '#lambdas/serve-pages/page-request.ts';
import { servePages } from '#lambdas/serve-pages/serve-pages.ts';
import { httpEvent } from '#lambdas/serve-pages/contract.ts';
import { inMemoryAttributions } from '#tests/fakes/in-memory-attributions.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';

export const startsAt = '2026-11-22T12:20:00.000Z';

export const claims: MessageClaims = {
  audience: 'message',
  shop: 'hearth',
  orderId: '100482',
  touchId: 'cross-sell:SKU-1',
  customerId: 'c-17',
  channel: 'email',
  expiresAt: '2027-05-21T12:00:00.000Z',
};

export const key = { kid: '1', key: new Uint8Array(32).fill(1) };

const known = async () => [key] as const;

export const signer = joseLinkSigner({ all: known, renewed: known });

export const tokenOf = (change: Partial<MessageClaims> = {}): Promise<string> =>
  signer.sign({ ...claims, ...change });

export const touched = {
  shop: 'hearth',
  orderId: '100482',
  touch: 'cross-sell',
  touchId: claims.touchId,
  subjects: ['SKU-1'],
  purpose: 'marketing',
  customerId: 'c-17',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: '2026-11-22T11:00:00.000Z',
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'sent',
  attempts: 1,
  outcome: {
    state: 'sent',
    at: '2026-11-22T11:01:00.000Z',
    messageId: 'ses-1',
    locale: 'en-GB',
    inDoubt: false,
  },
} as const;

/** That the customer said before. */
export const said = (change: Partial<ConsentStatement> = {}): ConsentStatement => ({
  eventId: 'checkout',
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  confirmed: true,
  at: '2026-11-18T09:30:00.000Z',
  source: 'checkout',
  by: 'c-17',
  ...change,
});

interface Circumstances {
  readonly consents?: readonly ConsentStatement[];
  readonly shortLinks?: Readonly<Record<string, ShortLink>>;
  readonly locale?: string;
  readonly busBreaks?: () => boolean;
  readonly survey?: 'csat' | 'nps';
  readonly shopName?: string;
}

interface Asking {
  readonly method?: string;
  readonly form?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Visitors of the pages of the shop `hearth`, of which one order and one customer are known. */
export const visiting = (circumstances: Circumstances = {}) => {
  const { consents = [said()], shortLinks = {}, locale = 'en-GB', survey = 'csat' } = circumstances;
  const { hearth, ...others } = config.shops;
  if (hearth === undefined) throw new Error('the sample configuration has a shop "hearth"');
  const contact = { customerId: 'c-17', name: 'Mia', locale };
  const log: OrderLog = {
    shop: 'hearth',
    orderId: '100482',
    version: 1,
    events: [placing({ contact })],
    waits: [],
  };
  const clock = { now: startsAt };
  const told: ToldEvent[] = [];
  const reports: string[] = [];
  const bus = inMemoryEventBus(circumstances.busBreaks);
  const records = inMemoryTouchRecords(touched);
  const attributions = inMemoryAttributions();
  const serve = servePages({
    shops: {
      ...others,
      hearth: { ...hearth, survey, name: circumstances.shopName ?? hearth.name },
    },
    policy: config.policy,
    links: signer,
    shortLinks: { find: async (name) => shortLinks[name] },
    orders: inMemoryOrderLogs(log),
    customers: inMemoryCustomers({ ...newCustomer('hearth', 'c-17'), consents }),
    records,
    attributions,
    clickDays: 7,
    publisher: bus,
    told: { tell: async (events) => void told.push(...events) },
    digest: sha256Digest,
    styleHash: sha256Base64,
    now: () => new Date(clock.now),
    report: (what) => void reports.push(what),
  });
  const ask = (address: string, asking: Asking = {}): Promise<PageAnswer> => {
    const [rawPath, rawQueryString = ''] = address.split(/\?(.*)/s);
    const { form, method = form === undefined ? 'GET' : 'POST' } = asking;
    const { contentType = 'application/x-www-form-urlencoded' } = asking;
    const event = {
      rawPath,
      rawQueryString,
      headers: {
        ...asking.headers,
        ...(form === undefined ? {} : { 'content-type': contentType }),
      },
      ...(form === undefined
        ? {}
        : { body: Buffer.from(form).toString('base64'), isBase64Encoded: true }),
      requestContext: { http: { method } },
    };
    return serve(requestOf(httpEvent.parse(event)));
  };
  const heard = async () => (await records.find(touched))?.feedback ?? {};
  return { ask, attributions, bus, clock, heard, reports, told };
};

/** Everything that may have come of a visit. */
export const effectsOf = async ({
  told,
  bus,
  heard,
}: Pick<ReturnType<typeof visiting>, 'told' | 'bus' | 'heard'>) => ({
  told: told.length,
  published: bus.events.length,
  heard: Object.keys(await heard()),
});

export const noEffects = { told: 0, published: 0, heard: [] };
