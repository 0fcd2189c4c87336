import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { Groups } from './groups.ts';

/** What is of a shop and of none of its customers, and changes what any of them is sent. */
const ofTheShop = ['CatalogItemUpdated', 'OfferUpdated', 'ContentReviewed'] as const;

/** Whether events of this type may be for every part: most are told by their type alone. */
export const mayBeForEveryPart = (detailType: string): boolean =>
  ofTheShop.some((each) => each === detailType);

/**
 * Whether every part needs the event. One that the stacks would park is needed once, and so is whatever else names
 * nobody: an adjustment of the books would count in each part.
 */
export const isForEveryPart = ({
  detailType,
  detail,
}: Pick<TimedEvent, 'detailType' | 'detail'>): boolean => {
  const type = ofTheShop.find((each) => each === detailType);
  return type !== undefined && incomingEvents[type].safeParse(detail).success;
};

/**
 * Shares events among rehearsals so that each can do without the others: all that is told of an order, and of customers
 * who are one by an id, an e-mail address or a phone number, goes to one part. What tells of products and offers goes to
 * every part, what names nobody otherwise to the first. Groups go, the largest first, to where there is least so far.
 * The same events are always shared alike.
 *
 * @param events in order of arrival, which they keep
 * @param parts how many at the most: where there are fewer groups there are fewer parts, but always one
 */
export const shareEvents = (
  events: readonly TimedEvent[],
  parts: number,
): readonly (readonly TimedEvent[])[] => {
  const groups = new Groups();
  const groupOf = events.map((event) =>
    isForEveryPart(event) ? undefined : groups.join(namesIn(event)),
  );
  const partOf = partOfGroups(sizesOf(groupOf, groups), parts);
  const used = Math.max(0, ...partOf.values()) + 1;
  return Array.from({ length: used }, (_, part) =>
    events.filter((_event, at) => {
      const group = groupOf[at];
      return group === undefined || partOf.get(groups.rootOf(group)) === part;
    }),
  );
};

/** Events of each group, by its root; groups in the order of their first events. */
const sizesOf = (
  groupOf: readonly (string | undefined)[],
  groups: Groups,
): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>();
  for (const group of groupOf) {
    if (group === undefined) continue;
    const root = groups.rootOf(group);
    sizes.set(root, (sizes.get(root) ?? 0) + 1);
  }
  return sizes;
};

const partOfGroups = (
  sizes: ReadonlyMap<string, number>,
  parts: number,
): ReadonlyMap<string, number> => {
  const loads = Array.from({ length: parts }, () => 0);
  const partOf = new Map<string, number>();
  const place = (group: string, part: number, size: number): void => {
    partOf.set(group, part);
    loads[part] = (loads[part] ?? 0) + size;
  };
  const nobody = sizes.get(NOBODY);
  if (nobody !== undefined) place(NOBODY, 0, nobody);
  // The sort is stable: of two as large the one that came first is first.
  for (const [group, size] of [...sizes].toSorted(([, a], [, b]) => b - a))
    if (group !== NOBODY) place(group, loads.indexOf(Math.min(...loads)), size);
  return partOf;
};

/** Stands for nobody: every other name is JSON. */
const NOBODY = 'nobody';

/** Ids are unique within a shop; what is wrong with an address is known to all shops. */
const namesIn = ({ detail }: TimedEvent): readonly [string, ...string[]] => {
  const { shop } = detail;
  const [first = NOBODY, ...others] = membersIn(detail).map(([member, value]) =>
    JSON.stringify(
      member === 'email' || member === 'phone'
        ? [member, asAddress[member](value)]
        : [member, shop, value],
    ),
  );
  return [first, ...others];
};

/** As the product writes an address; a number without a country is known by its digits. */
const asAddress = {
  email: (text: string): string => writtenAddresses.email(text) ?? text.trim().toLowerCase(),
  phone: (text: string): string => writtenAddresses.mobile(text, []) ?? text.replaceAll(/\D/g, ''),
};

/** A session is of an order, and later orders name it that took up what it offered. */
const naming: ReadonlySet<string> = new Set([
  'orderId',
  'customerId',
  'sessionId',
  'email',
  'phone',
]);

/** What names somebody or an order, wherever it stands. */
const membersIn = (value: unknown): readonly (readonly [string, string])[] => {
  if (Array.isArray(value)) return value.flatMap(membersIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]: [string, unknown]) =>
    typeof inner === 'string'
      ? naming.has(member)
        ? [[member, inner] as const]
        : []
      : membersIn(inner),
  );
};
