import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { toSession } from '#core/adapters/dynamo-sessions.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import type { ExecutionDescription } from '../asl/execution.ts';
import { countsOf } from '../cost/counts.ts';
import { stageOfMachine } from '../cost/stage-of-machine.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { tableName } from '../report/state-files.ts';
import type { Item } from '../services/dynamodb.ts';
import { wordsIn } from './message-words.ts';
import { recordedTouch } from './recorded-touch.ts';
import type { FailedExecution, RecordedOrder, RecordedPage, RunRecord } from './run-record.ts';

/** What a rehearsal came to, for a comparison with another one. */
export const recordOf = async (rehearsal: Rehearsal, stateDir: string): Promise<RunRecord> => {
  const logs = (await dump(rehearsal, tables.orders.name)).map(toOrderLog);
  const known = logs.flatMap((log) => orderOf(log.events) ?? []);
  const touches = (await dump(rehearsal, tables.touches.name)).map(toTouchRecord);
  const sessions = (await dump(rehearsal, tables.sessions.name)).map(toSession);
  const transactions = (await dump(rehearsal, tables.ledger.name)).map(toTransaction);
  const words = await wordsIn(rehearsal);
  const executions = [...rehearsal.executions, ...rehearsal.running()];
  return {
    orders: known
      .filter(({ test }) => !test)
      .map(({ shop, orderId, placedAt, total, currency }): RecordedOrder => ({
        shop,
        orderId,
        placedAt,
        totalMinor: total.amountMinor,
        currency,
      })),
    touches: touches.map((record) => recordedTouch(record, words(record))),
    pages: sessions.map(pageOf),
    transactions,
    executions: countsByStatus(executions),
    failed: executions.flatMap(failureOf),
    transitions: executions.reduce((total, each) => total + each.stateTransitions, 0),
    counts:
      known.length === 0
        ? undefined
        : await countsOf(rehearsal, { of: 'a comparison', orders: known.length, stateDir }),
  };
};

/** Stacks that were left out have no table. */
const dump = async (rehearsal: Rehearsal, name: string): Promise<readonly Item[]> => {
  const table = rehearsal.tables.all.find(({ logicalId }) => tableName(logicalId) === name);
  return table === undefined ? [] : rehearsal.tables.dump(table);
};

const pageOf = ({ shop, orderId, currency, offers }: Session): RecordedPage => ({
  shop,
  orderId,
  currency,
  offers: offers.map(({ offerId, type, slot, valueMinor }) => ({
    offerId,
    type,
    slot,
    valueMinor,
  })),
});

const stageOf = ({ stateMachineArn }: ExecutionDescription): string =>
  stageOfMachine(stateMachineArn.split(/[:-]/).at(-1) ?? stateMachineArn);

const countsByStatus = (executions: readonly ExecutionDescription[]): RunRecord['executions'] => {
  const groups = Map.groupBy(executions, (each) => `${stageOf(each)}: ${each.status}`);
  return Object.fromEntries([...groups].map(([name, { length }]) => [name, length]));
};

const failureOf = ({
  name,
  status,
  error,
  cause,
}: ExecutionDescription): readonly FailedExecution[] =>
  status === 'SUCCEEDED' || status === 'RUNNING'
    ? []
    : [{ name, because: `${status} ${error ?? ''} ${cause?.slice(0, MOST_CAUSE) ?? ''}`.trim() }];

/** A cause is the JSON of a whole stack trace; its beginning has the message. */
const MOST_CAUSE = 200;
