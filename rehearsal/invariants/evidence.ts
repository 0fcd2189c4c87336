import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ExecutionDescription } from '../asl/execution.ts';
import type { Injected } from '../faults.ts';
import type { Underway } from '../loose-ends.ts';
import type { DeadLetter } from '../services/dead-letters.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Item } from '../services/dynamodb.ts';
import type { SentMail } from '../services/mail.ts';
import type { Scheduled } from '../services/scheduler.ts';
import { referenceOf, type SentMessage } from '../services/sent-message.ts';
import type { StageEnd } from './stage-log.ts';

/** A message that a provider took. */
export interface Taken {
  readonly channel: SentMessage['channel'];
  readonly messageId: string;
  /** Whom it went to: a phone number, addresses, a device. */
  readonly to: string;
  /** What names its touch, as the sender passed it on. */
  readonly reference: Readonly<Record<string, string>>;
}

/** All that a rehearsal has left behind, which invariants are held against. */
export interface Evidence {
  readonly nowMs: number;
  readonly logs: readonly OrderLog[];
  readonly touches: readonly TouchRecord[];
  readonly transactions: readonly Transaction[];
  readonly executions: readonly ExecutionDescription[];
  /** The execution that waits for each token. */
  readonly openTokens: ReadonlyMap<string, string>;
  readonly scheduled: readonly Scheduled[];
  readonly stageEnds: readonly StageEnd[];
  /** What lies in queues that no function works off. */
  readonly letters: readonly DeadLetter[];
  readonly underway: readonly Underway[];
  readonly taken: readonly Taken[];
  /** Events of the shops that stand nowhere though the bus took them. */
  readonly lost: readonly string[];
  readonly injected: Partial<Injected>;
}

const named = (message: Exclude<SentMessage, { readonly channel: 'email' }>): Taken => ({
  channel: message.channel,
  messageId: message.messageId,
  to: String(message.to),
  reference: referenceOf(message),
});

/** Without a look into the mail, which is kept packed. */
const mailed = ({ messageId, to, tags }: SentMail): Taken => ({
  channel: 'email',
  messageId,
  to: String(to),
  reference: tags,
});

const takenBy = ({ outbox, texts, pushes }: Rehearsal): readonly Taken[] => [
  ...outbox.map(mailed),
  ...texts
    .filter(({ isKeywordAnswer }) => !isKeywordAnswer)
    .map((text) => named({ channel: 'sms', ...text })),
  ...pushes.map((push) => named({ channel: 'push', ...push })),
];

/** Every item of a table, by its name, one after the other: as items they would fill the heap beside what they are read as. */
export const recordsOf = <Known>(
  { tables: stored }: Pick<Rehearsal, 'tables'>,
  name: string,
  read: (item: Item) => Known,
): readonly Known[] => {
  const table = stored.all.find(({ logicalId }) => logicalId.slice(0, -8) === name);
  if (table === undefined) throw new Error(`the templates have no table ${name}`);
  return Array.from(stored.items(table), (item) => read(item));
};

/**
 * Gathers what a rehearsal has left behind by now.
 *
 * @param lostOf the events that stand nowhere, by the orders
 */
export const gatherEvidence = (
  rehearsal: Rehearsal,
  lostOf: (logs: readonly OrderLog[]) => readonly string[],
): Evidence => {
  const logs = recordsOf(rehearsal, tables.orders.name, toOrderLog);
  return {
    nowMs: rehearsal.clock.now(),
    logs,
    touches: recordsOf(rehearsal, tables.touches.name, toTouchRecord),
    transactions: recordsOf(rehearsal, tables.ledger.name, toTransaction),
    executions: [...rehearsal.executions, ...rehearsal.running()],
    openTokens: rehearsal.looseEnds.openTokens,
    scheduled: rehearsal.scheduled,
    stageEnds: rehearsal.looseEnds.stageEnds,
    letters: rehearsal.deadLetters(),
    underway: rehearsal.looseEnds.underway(),
    taken: takenBy(rehearsal),
    lost: lostOf(logs),
    injected: rehearsal.injected,
  };
};
