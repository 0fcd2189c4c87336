import { customerKey, orderKey, tables } from '../contracts/tables.ts';
import type { Evidence } from '../domain/ledger/evidence.ts';
import { sessionIdOf } from '../domain/sessions/session-id.ts';
import type { TouchRecord } from '../domain/touches/touch-record.ts';
import type { InboxMessage } from '../ports/inbox.ts';
import type { OffersSeen, PersonalRecords, Stored } from '../ports/personal-records.ts';
import type { ShortLink } from '../ports/short-links.ts';
import { customerOwner, ownersOf, toEvidence } from './dynamo-attributions.ts';
import { toContactHistory } from './dynamo-contact-log.ts';
import { toCustomer } from './dynamo-customers.ts';
import { toIdentity } from './dynamo-identities.ts';
import { DOCUMENT, type Item, readDocument, VERSION } from './dynamo-items.ts';
import { toOrderLog } from './dynamo-order-logs.ts';
import { PSEUDONYM } from './dynamo-pseudonyms.ts';
import { toPurchase } from './dynamo-purchases.ts';
import { toSession } from './dynamo-sessions.ts';
import { toTouchRecord } from './dynamo-touch-records.ts';
import type { PersonalRows, PersonalTable } from './personal-rows.ts';
import { sha256Hex } from './sha256-digest.ts';

/** What is stored of a person, as the other adapters store it. */
export const personalRecords = (rows: PersonalRows): PersonalRecords => ({
  ...ofCustomers(rows),
  ...ofOrders(rows),
});

type OfOrders = 'purchases' | 'order' | 'touches' | 'links' | 'session';

const ofCustomers = (rows: PersonalRows): Omit<PersonalRecords, OfOrders> => ({
  customer: async (shop, id) =>
    (await rows.of('customers', customerKey(shop, id))).map(
      versioned(rows, 'customers', toCustomer),
    )[0],

  identities: async (shop, ids) => {
    const found = await rows.holding('identities', ids.map(asJsonKey));
    return found
      .map(versioned(rows, 'identities', toIdentity))
      .filter(
        ({ value }) => value.shop === shop && ids.some((id) => Object.hasOwn(value.givers, id)),
      );
  },

  history: async (shop, id) =>
    (await rows.of('contacts', customerKey(shop, id))).map(
      versioned(rows, 'contacts', toContactHistory),
    )[0],

  inbox: async (shop, id) =>
    (await rows.of('inbox', customerKey(shop, id))).map(lasting(rows, 'inbox', messageOf)),

  evidence: async (shop, id) =>
    (await rows.of('attributions', customerOwner(shop, id))).map(evidenceIn(rows)),

  pseudonym: async (shop, id) =>
    (await rows.of('pseudonyms', customerKey(shop, id))).map(
      lasting(rows, 'pseudonyms', (item) => item[PSEUDONYM]?.S ?? ''),
    )[0],

  offersSeen: async (shop, id) =>
    (await rows.of('offerHistories', customerKey(shop, id))).map(
      versioned(rows, 'offerHistories', toOffersSeen),
    )[0],

  score: async (pseudonym) =>
    (await rows.of('scores', pseudonym)).map(lasting(rows, 'scores', scoreOf))[0],
});

const ofOrders = (rows: PersonalRows): Pick<PersonalRecords, OfOrders> => ({
  purchases: async (shop, id) =>
    (await rows.of('purchases', customerKey(shop, id))).map(lasting(rows, 'purchases', toPurchase)),

  order: async (shop, orderId) =>
    (await rows.of('orders', orderKey(shop, orderId))).map(
      versioned(rows, 'orders', toOrderLog),
    )[0],

  touches: async (shop, orderId) =>
    (await rows.of('touches', orderKey(shop, orderId))).map(touchIn(rows)),

  session: async (shop, orderId) =>
    (await rows.of('sessions', sessionIdOf(shop, orderId, sha256Hex))).map(
      versioned(rows, 'sessions', toSession),
    )[0],

  links: async (shop, orderIds) => {
    const found = await rows.holding('links', orderIds.map(asJsonValue));
    return found
      .map(lasting(rows, 'links', linkOf))
      .filter(({ value }) => value.shop === shop && orderIds.includes(value.orderId));
  },
});

const versioned =
  <Value extends { readonly version: number }>(
    rows: PersonalRows,
    table: PersonalTable,
    read: (item: Item) => Value,
  ) =>
  (item: Item): Stored<Value> => ({
    value: read(item),
    replace: (value) =>
      rows.change(table, item, value === undefined ? undefined : nextVersion(item, value)),
  });

/** What is never written anew: it is there or not. */
const lasting =
  <Value>(rows: PersonalRows, table: PersonalTable, read: (item: Item) => Value) =>
  (item: Item): Stored<Value> => ({
    value: read(item),
    replace: async (value) => {
      if (value !== undefined) throw onlyTakenAway(table);
      return rows.change(table, item, undefined);
    },
  });

/** As a key of an object in JSON. */
const asJsonKey = (id: string): string => `${JSON.stringify(id)}:`;

/** As it stands in the document of a short link. */
const asJsonValue = (orderId: string): string => JSON.stringify({ orderId }).slice(1, -1);

const messageOf = (item: Item): InboxMessage => {
  const message: InboxMessage = JSON.parse(readDocument(item).json);
  return message;
};

const toOffersSeen = (item: Item): OffersSeen => {
  const { version, json } = readDocument(item);
  const document: Omit<OffersSeen, 'version'> = JSON.parse(json);
  return { ...document, version };
};

const linkOf = (item: Item): ShortLink => {
  const link: ShortLink = JSON.parse(readDocument(item).json);
  return link;
};

const scoreOf = (item: Item): Readonly<Record<string, unknown>> => {
  const score: Readonly<Record<string, unknown>> | null = JSON.parse(readDocument(item).json);
  return score ?? {};
};

const nextVersion = <Value extends { readonly version: number }>(
  item: Item,
  { version, ...document }: Value,
): Item => ({
  ...item,
  [VERSION]: { N: String(version + 1) },
  [DOCUMENT]: { S: JSON.stringify(document) },
});

/** Beside the decision, what only other writers change stays: its state, its turn, what was heard of it. */
const touchIn =
  (rows: PersonalRows) =>
  (item: Item): Stored<TouchRecord> => ({
    value: toTouchRecord(item),
    replace: (value) => {
      if (value === undefined) return rows.change('touches', item, undefined);
      const { state: _, attempts: __, turn: ___, outcome, feedback: ____, ...document } = value;
      return rows.change('touches', item, {
        ...item,
        [DOCUMENT]: { S: JSON.stringify(document) },
        ...(outcome === undefined ? {} : { outcome: { S: JSON.stringify(outcome) } }),
      });
    },
  });

const { partitionKey, sortKey } = tables.attributions;

/** It stands under its own id and under the customer's: the customer's tells of the other, and goes last. */
const evidenceIn =
  (rows: PersonalRows) =>
  (item: Item): Stored<Evidence> => {
    const value = toEvidence(item);
    const others = ownersOf(value).filter((owner) => owner !== item[partitionKey]?.S);
    return {
      value,
      replace: async (next) => {
        if (next !== undefined) throw onlyTakenAway('attributions');
        for (const owner of others)
          for (const copy of await rows.of('attributions', owner))
            if (copy[sortKey]?.S === item[sortKey]?.S)
              await rows.change('attributions', copy, undefined);
        return rows.change('attributions', item, undefined);
      },
    };
  };

const onlyTakenAway = (table: PersonalTable): Error =>
  new Error(`${table}: got a value to write, expected none: what stands there is only taken away`);
