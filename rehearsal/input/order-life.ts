import type { IncomingDetail } from '#core/contracts/incoming-events.ts';
import type { Money } from '#core/domain/money.ts';
import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { seededRandom } from '#rehearsal/random.ts';
import { between, logNormal, type Random } from './draws.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from './duration.ts';
import { exceptions, type FulfilmentException, lagSeconds, rates } from './fulfilment-rates.ts';
import { instantMs, wallMs } from './local-time.ts';
import { type OrderEventType, type Said, type TimedEvent, toldOfOrder } from './timed-event.ts';

export type PlacedOrder = IncomingDetail<'OrderPlaced'>;

export interface FulfilmentOptions {
  readonly seed: string;
  /** What may go otherwise than planned. @default everything */
  readonly exceptions?: readonly FulfilmentException[];
  /** Where warehouse and carrier keep their hours. @default UTC */
  readonly timeZone?: string;
}

/** An order whose course is being drawn. */
export interface Life {
  readonly order: PlacedOrder;
  readonly placedMs: number;
  /** The draws for one aspect: how many another aspect takes does not matter to it. */
  readonly random: (aspect: string) => Random;
  readonly befalls: (exception: FulfilmentException, subject?: string) => boolean;
  /** The first moment from then on at which somebody works. */
  readonly atWork: (ms: number) => number;
  /** `key` makes the event's id; one order uses each once. */
  readonly tell: <Type extends OrderEventType>(
    type: Type,
    key: string,
    occurredAtMs: number,
    says: Said<Type>,
  ) => TimedEvent;
}

export const lifeOf = (order: PlacedOrder, options: FulfilmentOptions): Life => {
  const { seed, exceptions: allowed = exceptions, timeZone = 'UTC' } = options;
  const { shop, orderId } = order;
  const random = (aspect: string): Random =>
    seededRandom(JSON.stringify([seed, shop, orderId, aspect]));
  const befalls = (exception: FulfilmentException, subject = ''): boolean =>
    allowed.includes(exception) && random(`${exception}/${subject}`)() < rates[exception];
  const lagMs = (key: string): number =>
    befalls('told-late', key)
      ? between(random(`late/${key}`), 2 * HOUR_MS, 20 * HOUR_MS)
      : logNormal(random(`lag/${key}`), lagSeconds) * SECOND_MS;
  return {
    order,
    placedMs: Date.parse(order.occurredAt),
    random,
    befalls,
    atWork: (ms) => nextWorkingMs(ms, timeZone),
    tell: (type, key, at, says) => {
      const eventId = idWithin(orderId, `/${key}`);
      const occurredAtMs = Math.round(at);
      return toldOfOrder(type, { shop, orderId, eventId, occurredAtMs, lagMs: lagMs(key) }, says);
    },
  };
};

const MAX_ID_LENGTH = 128;

/** An id need only be unique within its order, so a long order id gives way to what sets it apart. */
export const idWithin = (orderId: string, suffix: string): string =>
  `${orderId.slice(0, MAX_ID_LENGTH - suffix.length)}${suffix}`;

const OPENS_MS = 8 * HOUR_MS;
const CLOSES_MS = 19 * HOUR_MS;

/** Monday to Saturday; what gathers overnight is spread over the first three hours. */
const nextWorkingMs = (ms: number, timeZone: string): number => {
  const wall = wallMs(ms, timeZone);
  const timeOfDay = wall % DAY_MS;
  const midnight = wall - timeOfDay;
  if (!isSunday(midnight) && timeOfDay >= OPENS_MS && timeOfDay < CLOSES_MS) return ms;
  const next = timeOfDay >= CLOSES_MS || isSunday(midnight) ? midnight + DAY_MS : midnight;
  const morning = (timeOfDay / DAY_MS) * 3 * HOUR_MS;
  return instantMs((isSunday(next) ? next + DAY_MS : next) + OPENS_MS + morning, timeZone);
};

const isSunday = (wall: number): boolean => new Date(wall).getUTCDay() === 0;

interface PaidOrder {
  readonly lines: readonly Pick<
    PlacedOrder['lines'][number],
    keyof LineQuantity | 'unitPrice' | 'total'
  >[];
  readonly total: Money;
}

/** What was paid for these pieces, rounded down to the minor unit. */
export const valueOf = ({ lines, total }: PaidOrder, pieces: readonly LineQuantity[]): Money => {
  const known = new Map(lines.map((line) => [line.lineId, line]));
  const values = pieces.map(({ lineId, quantity }) => {
    const line = known.get(lineId);
    if (line === undefined) return 0n;
    const whole = BigInt(line.total?.amountMinor ?? line.unitPrice.amountMinor * line.quantity);
    return (whole * BigInt(quantity)) / BigInt(line.quantity);
  });
  const sum = values.reduce((running, value) => running + value, 0n);
  return { amountMinor: Number(sum), currency: total.currency };
};
