import { type Order, statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { nextStageOf, startedOf } from './journeys-of.ts';
import type { Evidence } from './evidence.ts';
import { type Invariant, isRecent, orderIn, orderName, ordersInQueues } from './invariant.ts';

/** A cause is the JSON of a whole stack trace; its beginning has the message. */
const MOST_CAUSE = 300;

/** Every order's journey goes on as long as there is something to go on with, and ends when there is not. */
export const noStuckExecution: Invariant = {
  name: 'no stuck execution',
  means:
    'no execution failed, runs without waiting for anything, or waits for an order that is final; every accepted order has its fulfilment, and after each stage comes the next',
  violations: (evidence) => [
    ...failed(evidence),
    ...idle(evidence),
    ...waitingForFinal(evidence),
    ...neverBegun(evidence),
    ...brokenOff(evidence),
  ],
};

const failed = ({ executions }: Evidence): readonly string[] =>
  executions
    .filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING')
    .map(
      ({ name, status, error, cause }) =>
        `execution ${name} ${status}: ${error} ${cause?.slice(0, MOST_CAUSE) ?? ''}`,
    );

/** A state is tried again for minutes at most. */
const idle = (evidence: Evidence): readonly string[] => {
  const waiting = new Set(evidence.openTokens.values());
  return evidence.executions
    .filter(({ status, startDate }) => status === 'RUNNING' && !isRecent(evidence, startDate))
    .filter(({ executionArn }) => !waiting.has(executionArn))
    .map(
      ({ name, startDate }) => `execution ${name} runs since ${startDate} and waits for nothing`,
    );
};

const isFinal = (order: Order): boolean => ['delivered', 'cancelled'].includes(statusOf(order));

const waitingForFinal = (evidence: Evidence): readonly string[] => {
  const queued = ordersInQueues(evidence);
  const final = new Set(
    evidence.logs
      .filter(({ events }) => {
        const order = orderOf(events);
        return order !== undefined && isFinal(order);
      })
      .map(orderIn),
  );
  return evidence.executions
    .filter(({ status, name }) => status === 'RUNNING' && name.endsWith('_fulfilment'))
    .filter(({ input }) => final.has(orderIn({ ...Object(input) })))
    .filter(({ input }) => !queued.has(orderIn({ ...Object(input) })))
    .map(({ name }) => `execution ${name} still waits, its order is final`);
};

const neverBegun = (evidence: Evidence): readonly string[] => {
  const started = startedOf(evidence, 'fulfilment');
  const queued = ordersInQueues(evidence);
  return evidence.logs
    .filter(({ events }) => orderOf(events)?.test === false)
    .filter((log) => !started.has(orderIn(log)) && !queued.has(orderIn(log)))
    .map((log) => `${orderName(log)}: its fulfilment never began`);
};

const brokenOff = (evidence: Evidence): readonly string[] => {
  const queued = ordersInQueues(evidence);
  return evidence.stageEnds
    .filter((end) => !isRecent(evidence, end.toldMs) && !queued.has(orderIn(end)))
    .flatMap((end) => {
      const missing = nextStageOf(end).filter(
        (stage) => !startedOf(evidence, stage).has(orderIn(end)),
      );
      return missing.map(
        (stage) => `${orderName(end)}: ${end.stage} ended (${end.outcome}), and no ${stage} came`,
      );
    });
};
