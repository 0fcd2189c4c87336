import { seededRandom } from '#rehearsal/random.ts';
import { badDebtMinor } from './confirmation-rates.ts';
import { wholeBetween } from './draws.ts';
import { SAMPLE_START, type SampleShop } from './sample-shops.ts';
import { type TimedEvent, told } from './timed-event.ts';

/** Months that end within the half year of the sample. */
const MONTHS = 5;

/** When accounting has closed the month. */
const AT_HOUR_UTC = 9;

/** What a shop writes off of each month, on the first of the next: its books have it, no order does. */
export const badDebts = ({ id: shop, currency }: SampleShop, seed: string): readonly TimedEvent[] =>
  Array.from({ length: MONTHS }, (_, at) => {
    const start = new Date(SAMPLE_START);
    const month = start.getUTCMonth() + at;
    const occurredAtMs = Date.UTC(start.getUTCFullYear(), month + 1, 1, AT_HOUR_UTC);
    const name = new Date(Date.UTC(start.getUTCFullYear(), month, 1)).toISOString().slice(0, 7);
    const random = seededRandom(JSON.stringify([seed, shop, 'bad-debt', name]));
    const adjustmentId = `bad-debt-${name}`;
    return told(
      'AdjustmentPosted',
      { shop, eventId: adjustmentId, occurredAtMs },
      {
        adjustmentId,
        amountMinor: -wholeBetween(random, badDebtMinor.least, badDebtMinor.most),
        currency,
        reason: 'bad debt',
      },
    );
  });
