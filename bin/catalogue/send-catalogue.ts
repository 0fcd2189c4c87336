import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import config from '#config';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { putEntries } from '#core/adapters/eventbridge-entries.ts';
import { tables } from '#core/contracts/tables.ts';
import {
  catalogueEventsOf,
  contentOf,
} from '#rehearsal/input/catalogue-import/catalogue-events.ts';
import type { ImportedProduct } from '#rehearsal/input/catalogue-import/catalogue-product.ts';
import { putEventsEntry, type PutEventsEntry } from '#rehearsal/input/put-events-entry.ts';
import { deployedBus } from '../commands/deployed-bus.ts';
import { deployedTable } from '../commands/deployed-table.ts';

export interface CatalogueTarget {
  readonly stage: string;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** Whether to say what would be sent, and send nothing. */
  readonly isTried: boolean;
}

/** Products as a stage has to be told of them. */
export interface CatalogueChanges<Product> {
  readonly fresh: readonly Product[];
  readonly changed: readonly Product[];
  /** Those that the stage has word for word. */
  readonly same: readonly Product[];
}

/** What of these products a stage does not know, or knows otherwise. */
export const catalogueChanges = <Product extends { readonly shop: string; readonly sku: string }>(
  products: readonly Product[],
  stored: readonly { readonly shop: string; readonly sku: string }[],
): CatalogueChanges<Product> => {
  const known = new Map(stored.map((item) => [JSON.stringify([item.shop, item.sku]), item]));
  const groups = Map.groupBy(products, (product) => {
    const item = known.get(JSON.stringify([product.shop, product.sku]));
    if (item === undefined) return 'fresh';
    return contentOf(item) === contentOf(product) ? 'same' : 'changed';
  });
  return {
    fresh: groups.get('fresh') ?? [],
    changed: groups.get('changed') ?? [],
    same: groups.get('same') ?? [],
  };
};

/**
 * Tells a deployed stage what it does not know of these products, on its bus.
 *
 * @param now when it is said: of two words on a product the later one counts
 * @throws when there is no such stage, or its bus did not take every event
 */
export const sendCatalogue = async (
  products: readonly ImportedProduct[],
  { stage, profile, region, isTried }: CatalogueTarget,
  now: Date,
): Promise<CatalogueChanges<ImportedProduct>> => {
  const options = {
    region: region ?? config.stages[stage]?.region ?? 'eu-central-1',
    ...(profile === undefined ? {} : { profile }),
  };
  const dynamo = new DynamoDBClient(options);
  const catalogue = dynamoCatalogue(
    dynamo,
    await deployedTable(dynamo, stage, tables.catalogue.name),
  );
  const ofShops = Map.groupBy(products, ({ shop }) => shop);
  const stored = await Promise.all(
    [...ofShops].map(([shop, all]) =>
      catalogue.find(
        shop,
        all.map(({ sku }) => sku),
      ),
    ),
  );
  const changes = catalogueChanges(products, stored.flat());
  if (isTried) return changes;
  const bus = new EventBridgeClient(options);
  const EventBusName = await deployedBus(bus, stage);
  const events = catalogueEventsOf([...changes.fresh, ...changes.changed], now.getTime(), 0);
  for (const batch of batchesOf(events.map(putEventsEntry)))
    await putEntries(
      bus,
      batch.map(({ Time, ...entry }) => ({ ...entry, EventBusName, Time: new Date(Time) })),
    );
  return changes;
};

const MAX_ENTRIES = 10;

/** EventBridge takes 1 MB a request; some of it is for what stands around details. */
const MAX_BYTES = 900_000;

/** Entries in requests that EventBridge takes: ten at most, and not too large together. */
export const batchesOf = (
  entries: readonly PutEventsEntry[],
): readonly (readonly PutEventsEntry[])[] => {
  const batches: PutEventsEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail);
    const last = batches.at(-1);
    const isFull = last === undefined || last.length === MAX_ENTRIES || bytes + size > MAX_BYTES;
    if (isFull) batches.push([entry]);
    else last.push(entry);
    bytes = isFull ? size : bytes + size;
  }
  return batches;
};
