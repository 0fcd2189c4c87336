import { randomUUID } from 'node:crypto';
import { type IncomingDetail, SCHEMA_VERSION, sourceOf } from '#core/contracts/incoming-events.ts';
import { type ContentReviewed, parseEvent } from '#core/contracts/parse-event.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { Review } from './review.ts';

type Detail = IncomingDetail<'ContentReviewed'>;

/**
 * A review as the event that tells of it, read by the contract of the bus.
 *
 * @throws {InvalidReview} when it is none, such as a reason that is too long
 */
export const reviewEvent = (
  { shop, sku, subject, verdict, reviewer, reason }: Review,
  occurredAt: Instant,
): ContentReviewed => {
  const detail: Detail = {
    eventId: `content-reviewed/${randomUUID()}`,
    occurredAt,
    schemaVersion: SCHEMA_VERSION,
    shop,
    sku,
    subject,
    verdict,
    reviewer,
    reason,
  };
  const parsed = parseEvent(envelope(detail), [shop]);
  if (!parsed.ok) throw new InvalidReview(parsed.problem);
  if (parsed.event.type !== 'ContentReviewed') throw new InvalidReview('it is another event');
  return parsed.event;
};

export class InvalidReview extends Error {
  override readonly name = 'InvalidReview';
}

const envelope = (detail: Detail): string =>
  JSON.stringify({ source: sourceOf(detail.shop), 'detail-type': 'ContentReviewed', detail });

/** An entry of PutEvents, without its bus. */
export const reviewEntry = ({ type, ...event }: ContentReviewed) => {
  const detail: Detail = { ...event, schemaVersion: SCHEMA_VERSION };
  return {
    Source: sourceOf(detail.shop),
    DetailType: type,
    Detail: JSON.stringify(detail),
  };
};
