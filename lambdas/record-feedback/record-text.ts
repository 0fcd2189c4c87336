import { guestIdOf } from '#core/domain/customers/merge-customers.ts';
import type { TextFeedback } from '#core/domain/feedback/feedback.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { IdentityHash } from '#core/ports/identity-hash.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import { guestReviewFact } from './facts.ts';

export interface RecordTextDeps {
  readonly suppressions: Pick<Suppressions, 'of' | 'add' | 'lift'>;
  readonly hashAddress: IdentityHash;
  readonly publisher: EventPublisher;
  /** Those of the deployment: a number that stops, stops for all. */
  readonly shops: readonly string[];
}

/**
 * Stops texts to a number that asked for it, or lets them go on again. AWS answers STOP and HELP itself. What else
 * customers write is not read, see docs/feedback.md.
 */
export const recordText = async (deps: RecordTextDeps, text: TextFeedback): Promise<void> => {
  if (text.asks === 'stop') await stop(deps, text);
  if (text.asks === 'start') await startAgain(deps, text);
};

/**
 * Only a guest can be found by a number alone. For others what is held meets the suppression when it is decided.
 */
const stop = async (
  { suppressions, hashAddress, publisher, shops }: RecordTextDeps,
  { from, at }: TextFeedback,
): Promise<void> => {
  const addressId = await hashAddress('sms', from);
  await suppressions.add(addressId, { reason: 'stopped', at });
  const guest = guestIdOf(addressId);
  await publisher.publish(shops.map((shop) => guestReviewFact(shop, guest, at)));
};

/**
 * An invalid number stays suppressed, and so does one that stopped after it asked to start: a text that comes again
 * says nothing new.
 */
const startAgain = async (
  { suppressions, hashAddress }: RecordTextDeps,
  { from, at }: TextFeedback,
): Promise<void> => {
  const addressId = await hashAddress('sms', from);
  const known = (await suppressions.of([addressId])).get(addressId);
  const isOwnWish = known?.reason === 'stopped' || known?.reason === 'opted-out';
  if (isOwnWish && known.at <= at) await suppressions.lift(addressId);
};
