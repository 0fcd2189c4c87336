import { personalRecords } from '#core/adapters/personal-records.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { type Erased, erasePerson } from '#core/privacy/erase-person.ts';
import { exportPerson } from '#core/privacy/export-person.ts';
import type { Person } from './find-person.ts';
import { namesOfPerson } from './names-of-person.ts';
import type { StateRows } from './state-rows.ts';
import { eraseTraces, type TracesErased } from './state-traces.ts';

/** A finished rehearsal's state, and when it is. */
export interface State {
  readonly dir: string;
  readonly rows: StateRows;
  readonly now: Instant;
}

/**
 * Forgets somebody in what a rehearsal left: in its tables as a deployed stage would, and in its files. The files go
 * first: the tables tell which they are.
 *
 * @param isTried whether it is only counted
 */
export const eraseInState = async (
  { dir, rows, now }: State,
  person: Person,
  isTried: boolean,
): Promise<Erased & TracesErased> => {
  const records = personalRecords(rows);
  const known = await exportPerson(records, { ...person, at: now });
  const orderIds = known.orders.map(({ orderId }) => orderId);
  const names = namesOfPerson(known);
  const traces = await eraseTraces(dir, { shop: person.shop, orderIds, names }, isTried);
  const { erased } = await erasePerson(records, { ...person, requestedAt: now });
  if (!isTried) await rows.save();
  return { ...traces, ...erased };
};
