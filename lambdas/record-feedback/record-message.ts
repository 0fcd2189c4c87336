import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Fate, MessageFeedback } from '#core/domain/feedback/feedback.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { IdentityHash } from '#core/ports/identity-hash.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';
import { chargeText, type ChargeTextDeps, type Spent } from './charge-text.ts';
import { fateFact, reviewFact } from './facts.ts';

export interface RecordMessageDeps extends ChargeTextDeps {
  readonly records: Pick<TouchRecords, 'find' | 'hear'>;
  readonly suppressions: Pick<Suppressions, 'of' | 'add' | 'lift'>;
  readonly hashAddress: IdentityHash;
  readonly publisher: EventPublisher;
}

export interface Heard {
  /** Whether it is the first of its kind on the touch; never for a touch that nobody knows. */
  readonly isFirst: boolean;
  readonly isKnownTouch: boolean;
  /** What the month's texts cost with this one; absent where nothing was added. */
  readonly spent?: Spent | undefined;
}

/**
 * Records what became of a message and what follows from it. Every step does the same when it is done again, and
 * all are done before it returns: who is told twice is told of the same fact.
 */
export const recordMessage = async (
  deps: RecordMessageDeps,
  feedback: MessageFeedback,
): Promise<Heard> => {
  const { ref, at, fate } = feedback;
  const record = await deps.records.find(ref);
  const spent = await chargeText(deps, feedback);
  const suppression = suppressionBy(fate, at);
  if (suppression !== undefined) await suppress(deps, feedback, record, suppression);
  if (record === undefined) return { isFirst: false, isKnownTouch: false, spent };

  const isFirst = fate.kind !== 'underway' && (await deps.records.hear(ref, fate.kind, at));
  const facts = [...fateFact(record, feedback), ...reviewFact(record, suppression)];
  if (facts.length > 0) await deps.publisher.publish(facts);
  return { isFirst, isKnownTouch: true, spent };
};

const suppressionBy = (fate: Fate, at: string): AddressSuppression | undefined => {
  if (fate.kind === 'complained') return { reason: 'complained', at };
  return fate.kind === 'bounced' && fate.permanent ? { reason: 'bounced', at } : undefined;
};

/**
 * The first reason stays, but that nothing arrives any more goes above what the customer asked for: that ends all
 * messages whatever they ask for later.
 */
const suppress = async (
  deps: RecordMessageDeps,
  feedback: MessageFeedback,
  record: TouchRecord | undefined,
  suppression: AddressSuppression,
): Promise<void> => {
  const { suppressions } = deps;
  const addressId = await addressIdOf(deps, feedback, record);
  if (suppression.reason === 'bounced') {
    const known = (await suppressions.of([addressId])).get(addressId);
    if (known !== undefined && known.reason !== 'bounced') await suppressions.lift(addressId);
  }
  await suppressions.add(addressId, suppression);
};

/** A touch that was sent twice may have gone to two addresses: its record knows that of the last. */
const addressIdOf = async (
  { hashAddress }: RecordMessageDeps,
  { channel, messageId, recipient }: MessageFeedback,
  record: TouchRecord | undefined,
): Promise<string> => {
  const outcome = record?.outcome;
  const recorded =
    outcome?.state === 'sent' && outcome.messageId === messageId ? outcome.addressId : undefined;
  return recorded ?? hashAddress(channel, recipient);
};
