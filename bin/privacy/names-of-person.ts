import type { PersonExport } from '#core/privacy/export-person.ts';
import type { Reachable } from '#core/domain/orders/order-event.ts';

/** By what a text would name them: their ids, their addresses as they were written, and the hashes of these. */
export const namesOfPerson = ({
  customerIds,
  customers,
  orders,
  addressesGiven,
}: PersonExport): readonly string[] => {
  const contacts = orders.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'OrderPlaced' ? event.contact : [])),
  );
  const all = [...contacts, ...customers.map(({ profile }) => profile)].flatMap(
    ({ email, phone, reach }) => [email, phone, ...reachNames(reach)],
  );
  const known = all.filter((name) => name !== undefined);
  return [
    ...new Set([...customerIds, ...addressesGiven.map(({ addressId }) => addressId), ...known]),
  ];
};

const reachNames = ({ email, sms }: Reachable = {}): readonly (string | undefined)[] => [
  email?.address,
  email?.id,
  sms?.address,
  sms?.id,
];
