import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { type Erased, erasePerson, idsOfPerson } from '#core/privacy/erase-person.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { PersonalRecords } from '#core/ports/personal-records.ts';
import type { StageScheduler } from '#core/ports/stage-scheduler.ts';
import type { ErasureAgain } from './contract.ts';

export interface EraseCustomerDeps {
  readonly records: PersonalRecords;
  /** Calls with `ErasureAgain`. */
  readonly schedule: StageScheduler;
  readonly publisher: EventPublisher;
  readonly digest: Digest;
  readonly now: () => Date;
}

type ErasureDue = Extract<OutgoingEvent, { type: 'ErasureDue' }>['detail'];

/** EventBridge tries to hand an event over for 24 hours; every queue of ours is done with a message sooner. */
const AGAIN_AFTER_MS = 25 * 60 * 60 * 1000;

/**
 * Forgets a customer, and has it done once more when nothing can be under way any more that was said of them before.
 * Asked again it finds nothing, and says again that it is done.
 */
export const eraseCustomer =
  ({ records, schedule, publisher, digest, now }: EraseCustomerDeps) =>
  async (due: ErasureDue): Promise<Erased> => {
    const { shop, customerId, requestId, occurredAt: requestedAt } = due;
    const customerIds = await idsOfPerson(records, { shop, customerId, requestedAt });
    // Before the first is gone: afterwards nobody knows the others.
    const again: ErasureAgain = { shop, requestId, requestedAt, customerIds: [...customerIds] };
    const at = new Date(now().getTime() + AGAIN_AFTER_MS).toISOString();
    await schedule(`erase-${digest(JSON.stringify([shop, requestId, customerId]))}`, at, again);

    const { erased } = await erasePerson(records, again);
    await publisher.publish([
      {
        type: 'CustomerErased',
        detail: {
          eventId: `customer-erased/${requestId}`,
          occurredAt: now().toISOString(),
          schemaVersion: SCHEMA_VERSION,
          shop,
          requestId,
        },
      },
    ]);
    return erased;
  };

/** Forgets what came in of a customer while they were forgotten. */
export const eraseAgain =
  ({ records }: Pick<EraseCustomerDeps, 'records'>) =>
  async (again: ErasureAgain): Promise<Erased> =>
    (await erasePerson(records, again)).erased;
