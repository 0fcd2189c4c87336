import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { DueTouch, Prepared } from '#core/delivery/deliver-touch.ts';
import { repeatable } from '#core/delivery/repeatable.ts';
import { emailOf, phoneOf } from '#core/domain/customers/reach.ts';
import { localeFor } from '#core/domain/messages/locales.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { AddressReader } from '#core/ports/address-reader.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';

export interface DeliverAudienceDeps {
  readonly shops: Readonly<Record<string, Pick<ShopIdentity, 'locales'>>>;
  /** In the spelling that `leaveAudiences` takes customers out by. */
  readonly addresses: Pick<AddressReader, 'email'>;
  /** SHA-256 in hexadecimal. */
  readonly sha256: (text: string) => string;
  readonly publisher: EventPublisher;
}

/** A customer who did nothing in a month is left alone. */
const MEMBER_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Asks for a customer to be in the audience of a touch, named like it, for advertisers who know them by the hash
 * of their address alone.
 *
 * @throws for a shop that is not configured
 */
export const deliverAudience =
  (deps: DeliverAudienceDeps) =>
  async (due: DueTouch): Promise<Prepared> => {
    const { order, customer } = due;
    const knowing = { contact: order.contact, customer };
    const { addresses, sha256 } = deps;
    const email = addresses.email(emailOf(knowing)?.address ?? '');
    const phone = phoneOf(knowing)?.address;
    if (email === undefined && phone === undefined)
      return { kind: 'dropped', reason: 'no-address' };

    const change = changeOf(due, {
      ...(email === undefined ? {} : { emailSha256: sha256(email) }),
      ...(phone === undefined ? {} : { phoneSha256: sha256(phone) }),
    });
    return {
      kind: 'ready',
      locale: localeOf(deps, due),
      // Nothing is written: advertisers show what they show.
      personalised: [],
      send: () =>
        repeatable(async () => {
          await deps.publisher.publish([change]);
          return { kind: 'accepted', messageId: change.detail.eventId };
        }),
    };
  };

type AudienceChanged = Extract<OutgoingEvent, { type: 'AudienceChanged' }>;

const changeOf = (
  { order: { shop, orderId }, touch, record, now }: DueTouch,
  hashes: Pick<AudienceChanged['detail'], 'emailSha256' | 'phoneSha256'>,
): AudienceChanged => ({
  type: 'AudienceChanged',
  detail: {
    eventId: `audience-joined/${orderId}/${record.touchId}`,
    occurredAt: now,
    schemaVersion: SCHEMA_VERSION,
    shop,
    audience: touch.name,
    change: 'add',
    ...hashes,
    expiresAt: new Date(Date.parse(now) + MEMBER_MS).toISOString(),
  },
});

const localeOf = (
  { shops }: DeliverAudienceDeps,
  { order: { shop: id, contact }, customer }: DueTouch,
): string => {
  const shop = shops[id];
  if (shop === undefined)
    throw new Error(`no shop "${id}" is configured; there are: ${Object.keys(shops).join(', ')}`);
  return localeFor(contact.locale ?? customer?.profile.locale, shop.locales);
};
