import { type ToldEvent, SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { type Consent, type ConsentChannel, consentOf } from '#core/domain/customers/consent.ts';
import type { ServePagesDeps } from './serve-pages-deps.ts';
import type { Visit } from './visit.ts';

/** What a visitor says of one purpose on one channel. */
export interface Said {
  readonly purpose: 'service' | 'marketing';
  readonly channel: ConsentChannel;
  readonly state: 'granted' | 'withdrawn';
  readonly source: 'unsubscribe-page' | 'one-click' | 'preference-centre' | 'double-opt-in';
  /** What was said before. */
  readonly before: Consent | undefined;
}

/** What holds of one purpose on one channel. */
export const heldOf = (
  { customer }: Pick<Visit, 'customer'>,
  purpose: Said['purpose'],
  channel: ConsentChannel,
): Consent | undefined =>
  customer === undefined ? undefined : consentOf(customer, purpose, channel);

/**
 * What was said, as an event. Said again it is the same event, until it was taken in; said once more after the
 * contrary was, it is another.
 */
export const consentChanged = (
  { digest, now }: Pick<ServePagesDeps, 'digest' | 'now'>,
  { claims }: Pick<Visit, 'claims'>,
  customerId: string,
  { purpose, channel, state, source, before }: Said,
): ToldEvent => {
  const { shop, orderId, touchId } = claims;
  const fact = [shop, orderId, touchId, purpose, channel, state, before?.at ?? ''];
  return {
    type: 'ConsentChanged',
    detail: {
      eventId: `page/${digest(JSON.stringify(fact))}`,
      occurredAt: now().toISOString(),
      schemaVersion: SCHEMA_VERSION,
      shop,
      customerId,
      purpose,
      channel,
      state,
      source,
      ...(state === 'granted' ? { basis: 'consent', confirmed: isOwner(claims, channel) } : {}),
    },
  };
};

/** Who opened the link of an e-mail is the owner of the address that it went to. */
const isOwner = ({ channel: of }: Visit['claims'], channel: ConsentChannel): boolean =>
  channel === of && channel !== 'audience';
