import type { UsageCounts } from './counts.ts';
import type { Use } from './meter.ts';
import { monthlyPriceOf, priceOf, type PriceList, serviceOf } from './price-list.ts';

export interface BillOptions {
  readonly ordersPerMonth: number;
  /** How much longer functions run on AWS than here. */
  readonly lambdaFactor: number;
}

/** Of one unit that AWS charges for. Amounts of money are in the currency of the price list. */
export interface UnitLine {
  readonly service: string;
  readonly unit: string;
  readonly perOrder: number;
  readonly costPerOrder: number;
  /** Less what is free in a month. */
  readonly costPerMonth: number;
}

export interface ServiceLine {
  readonly service: string;
  readonly costPerOrder: number;
  readonly costPerMonth: number;
}

/** What belongs to a stage: its state machine, what that calls, and the touches that it asks for. */
export interface StageLine {
  /** A stage's name, or who used something for no stage in particular. */
  readonly name: string;
  readonly isStage: boolean;
  readonly transitionsPerOrder: number;
  readonly costPerOrder: number;
}

/** What one message of a touch costs, from the decision to what comes back. */
export interface TouchLine {
  readonly touch: string;
  readonly channels: readonly string[];
  readonly messagesPerOrder: number;
  /** What the provider charges for it, on average. */
  readonly provider: number;
  /** Provider, decisions (of those that were not sent too), delivery and feedback. */
  readonly costPerMessage: number;
}

export interface MonthlyLine {
  readonly type: string;
  readonly count: number;
  readonly costPerMonth: number;
  readonly note?: string | undefined;
}

export interface Bill {
  readonly costPerOrder: number;
  /** Of the orders alone, without what is paid by the month. */
  readonly costPerMonth: number;
  readonly units: readonly UnitLine[];
  readonly services: readonly ServiceLine[];
  readonly stages: readonly StageLine[];
  readonly touches: readonly TouchLine[];
  readonly monthly: readonly MonthlyLine[];
  readonly monthlyTotal: number;
}

interface Priced extends Omit<Use, 'units'> {
  readonly unit: string;
  /** Of one order. */
  readonly amount: number;
  readonly cost: number;
}

/**
 * The list price of what was counted, of an order and of a month.
 *
 * @throws {UnusableCosts} for anything counted that has no price
 */
export const billOf = (counts: UsageCounts, prices: PriceList, options: BillOptions): Bill => {
  const priced = counts.uses.flatMap((use) => pricedOf(use, counts.orders, prices, options));
  const units = unitLines(priced, prices, options);
  const monthly = monthlyLines(counts, prices);
  return {
    costPerOrder: total(priced, ({ cost }) => cost),
    costPerMonth: total(units, ({ costPerMonth }) => costPerMonth),
    units,
    services: serviceLines(units),
    stages: stageLines(priced, counts),
    touches: touchLines(priced, counts),
    monthly,
    monthlyTotal: total(monthly, ({ costPerMonth }) => costPerMonth),
  };
};

const total = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

const MEASURED = 'lambdaGbSeconds';

const pricedOf = (
  { units, ...user }: Use,
  orders: number,
  prices: PriceList,
  { lambdaFactor }: BillOptions,
): readonly Priced[] =>
  Object.entries(units)
    .filter(([, amount]) => amount > 0)
    .map(([unit, counted]) => {
      const amount = (counted * (unit === MEASURED ? lambdaFactor : 1)) / orders;
      return { ...user, unit, amount, cost: amount * priceOf(prices, unit) };
    });

const grouped = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] => [...Map.groupBy(items, keyOf)];

const dearest = <Line extends { readonly costPerOrder: number }>(
  lines: readonly Line[],
): readonly Line[] => lines.toSorted((a, b) => b.costPerOrder - a.costPerOrder);

const unitLines = (
  priced: readonly Priced[],
  prices: PriceList,
  { ordersPerMonth }: BillOptions,
): readonly UnitLine[] =>
  dearest(
    grouped(priced, ({ unit }) => unit).map(([unit, uses]) => {
      const perOrder = total(uses, ({ amount }) => amount);
      const charged = Math.max(0, perOrder * ordersPerMonth - (prices.freeAMonth[unit] ?? 0));
      return {
        service: serviceOf(prices, unit),
        unit,
        perOrder,
        costPerOrder: total(uses, ({ cost }) => cost),
        costPerMonth: charged * priceOf(prices, unit),
      };
    }),
  );

const serviceLines = (units: readonly UnitLine[]): readonly ServiceLine[] =>
  dearest(
    grouped(units, ({ service }) => service).map(([service, lines]) => ({
      service,
      costPerOrder: total(lines, ({ costPerOrder }) => costPerOrder),
      costPerMonth: total(lines, ({ costPerMonth }) => costPerMonth),
    })),
  );

/** What only names its touch belongs to the stages that asked for that touch, in proportion. */
const stageLines = (priced: readonly Priced[], counts: UsageCounts): readonly StageLine[] => {
  const shares = stagesOfTouches(counts.uses);
  const parts = priced.flatMap(({ stage, touch, actor, cost }) => {
    if (stage !== undefined) return [{ name: stage, isStage: true, cost }];
    const asked = touch === undefined ? undefined : shares.get(touch);
    if (asked === undefined) return [{ name: actor, isStage: false, cost }];
    return [...asked].map(([name, share]) => ({ name, isStage: true, cost: cost * share }));
  });
  const lines = grouped(parts, ({ name, isStage }) => JSON.stringify([name, isStage])).map(
    ([, [first, ...rest]]) => {
      const { name = '', isStage = false } = first ?? {};
      const transitions = isStage ? (counts.executions[name]?.transitions ?? 0) : 0;
      return {
        name,
        isStage,
        transitionsPerOrder: transitions / counts.orders,
        costPerOrder: total(
          [...(first === undefined ? [] : [first]), ...rest],
          (part) => part.cost,
        ),
      };
    },
  );
  return dearest(lines).toSorted((a, b) => Number(b.isStage) - Number(a.isStage));
};

const stagesOfTouches = (
  uses: readonly Use[],
): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const asked = new Map<string, Map<string, number>>();
  for (const { stage, touch, units } of uses) {
    if (stage === undefined || touch === undefined) continue;
    const ofTouch = asked.get(touch) ?? new Map<string, number>();
    asked.set(
      touch,
      ofTouch.set(stage, (ofTouch.get(stage) ?? 0) + (units['lambdaRequests'] ?? 0)),
    );
  }
  for (const stages of asked.values()) {
    const all = total([...stages.values()], (each) => each);
    for (const [stage, times] of stages)
      stages.set(stage, all === 0 ? 1 / stages.size : times / all);
  }
  return asked;
};

/** Units that a provider charges for a message itself. */
const PROVIDERS = /^(emails|smsParts|pushes)\b/;

const touchLines = (
  priced: readonly Priced[],
  { messages, orders }: UsageCounts,
): readonly TouchLine[] => {
  const touches = new Set(Object.values(messages).flatMap((ofChannel) => Object.keys(ofChannel)));
  return [...touches]
    .map((touch) => {
      const channels = Object.entries(messages).filter(([, ofChannel]) => touch in ofChannel);
      const sent = total(channels, ([, ofChannel]) => ofChannel[touch] ?? 0) / orders;
      const own = priced.filter((use) => use.touch === touch);
      const providers = own.filter(({ unit }) => PROVIDERS.test(unit));
      return {
        touch,
        channels: channels.map(([channel]) => channel),
        messagesPerOrder: sent,
        provider: total(providers, ({ cost }) => cost) / sent,
        costPerMessage: total(own, ({ cost }) => cost) / sent,
      };
    })
    .toSorted((a, b) => b.costPerMessage - a.costPerMessage);
};

const monthlyLines = ({ resources }: UsageCounts, prices: PriceList): readonly MonthlyLine[] =>
  Object.entries(resources)
    .map(([type, count]) => ({
      type,
      count,
      costPerMonth: count * monthlyPriceOf(prices, type),
      note: prices.perMonthNotes[type],
    }))
    .filter(({ costPerMonth }) => costPerMonth > 0)
    .toSorted((a, b) => b.costPerMonth - a.costPerMonth);
