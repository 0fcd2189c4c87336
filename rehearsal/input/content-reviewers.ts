import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type * as z from 'zod';
import { seededRandom } from '#rehearsal/random.ts';
import type { Envelope } from '../services/event-bus.ts';
import { between } from './draws.ts';
import { DAY_MS, HOUR_MS } from './duration.ts';
import { type TimedEvent, told } from './timed-event.ts';

type Drafted = z.output<typeof outgoingEvents.ContentDrafted>;

/** Who looks at what no rule lets pass. */
const REVIEWER = 'Jo, who edits the sample shops';

/** A text that says so little of its product is sent back. */
const TOO_LITTLE = 0.3;

/** Hours until somebody has looked. */
const reviewHours = { least: 3, most: 30 };

/** The shop learns some weeks later that this text may mislead, and takes it back. */
export const recalled = {
  shop: 'hearth',
  sku: 'HG-KNI-200',
  kind: 'care',
  afterDays: 35,
  reason: 'the maker has changed the steel: the care text is withdrawn until it is checked',
} as const;

/**
 * The people of the sample shops who review texts: hours later they approve what waits, or send back what says too
 * little; one text in use they retract after some weeks. What they do depends on the seed and the text alone.
 */
export const contentReviewers = ({ seed }: { readonly seed: string }) => {
  const heard = new Set<string>();
  return ({ 'detail-type': detailType, detail }: Envelope): readonly TimedEvent[] => {
    const drafted =
      detailType === 'ContentDrafted'
        ? outgoingEvents.ContentDrafted.safeParse(detail).data
        : undefined;
    if (drafted === undefined || heard.has(drafted.eventId)) return [];
    heard.add(drafted.eventId);
    return [...reviewOf(drafted, seed), ...retractionOf(drafted)];
  };
};

const reviewOf = (drafted: Drafted, seed: string): readonly TimedEvent[] => {
  if (drafted.state !== 'pending') return [];
  const random = seededRandom(JSON.stringify([seed, 'review', drafted.eventId]));
  const atMs =
    Date.parse(drafted.occurredAt) + between(random, reviewHours.least, reviewHours.most) * HOUR_MS;
  return drafted.score < TOO_LITTLE
    ? [review(drafted, 'reject', atMs, 'it says too little of the product')]
    : [review(drafted, 'approve', atMs)];
};

const retractionOf = (drafted: Drafted): readonly TimedEvent[] => {
  const { shop, sku, kind, version, state, occurredAt } = drafted;
  const isMeant = shop === recalled.shop && sku === recalled.sku && kind === recalled.kind;
  return isMeant && version === 1 && state !== 'refused'
    ? [
        review(
          drafted,
          'retract',
          Date.parse(occurredAt) + recalled.afterDays * DAY_MS,
          recalled.reason,
        ),
      ]
    : [];
};

const review = (
  { shop, sku, locale, kind, version }: Drafted,
  verdict: 'approve' | 'reject' | 'retract',
  atMs: number,
  reason?: string,
): TimedEvent =>
  told(
    'ContentReviewed',
    { shop, eventId: `review/${sku}/${locale}/${kind}/${version}/${verdict}`, occurredAtMs: atMs },
    {
      sku,
      subject: { type: 'text', locale, kind, version },
      verdict,
      reviewer: REVIEWER,
      ...(reason === undefined ? {} : { reason }),
    },
  );
