import config from '#config';
import { isInHoldout } from '#core/domain/experiments/arms.ts';
import type { PlacedOrder } from '../input/order-life.ts';
import { line, sampleOrder } from '../input/sample-order.ts';
import type { SampleShop } from '../input/sample-shops.ts';

/** What visitors of the demo buy, one after the other. */
const baskets: Readonly<Record<string, readonly (readonly string[])[]>> = {
  hearth: [['HG-ESP-040', 'HG-BEA-250'], ['HG-FIL-200'], ['HG-KNI-200', 'HG-TWL-002']],
  northside: [['NS-TNT-2P', 'NS-SLB-M05'], ['NS-BOO-M42'], ['NS-BAG-022', 'NS-MAP-LAK']],
};

export interface DemoOrder {
  readonly shop: SampleShop;
  /** Counts the orders of the demo, from 1. */
  readonly number: number;
  readonly placedMs: number;
  /** Whether the customer is one of those who are shown nothing. */
  readonly isHeldOut: boolean;
}

/** An order of a new customer with an account, in the first language of the shop. */
export const demoOrder = ({ shop, number, placedMs, isHeldOut }: DemoOrder): PlacedOrder => {
  const skus = baskets[shop.id]?.[(number - 1) % 3] ?? [];
  const customerId = customerOf(shop.id, number, isHeldOut);
  const [audience] = shop.audiences[isHeldOut ? 0 : (number - 1) % 2] ?? [];
  const { locale, country = '', city = '', postcode = '' } = audience ?? {};
  return sampleOrder({
    shop,
    orderId: `demo-${number}`,
    placedMs,
    lines: skus.map((sku) => line(sku)),
    says: {
      contact: {
        customerId,
        email: `${customerId}@customers.example`,
        name: 'Robin Demo',
        ...(locale === undefined ? {} : { locale }),
      },
      shipTo: { country, city, postcode },
    },
  });
};

const MOST_DRAWS = 1000;

/** The first id that falls on that side; where there is no holdout, any. */
const customerOf = (shop: string, number: number, isHeldOut: boolean): string => {
  const ids = Array.from({ length: MOST_DRAWS }, (_, at) => `${shop}-demo-${number}-${at}`);
  return ids.find((id) => isInHoldout(config.experiments, id) === isHeldOut) ?? `${ids[0]}`;
};
