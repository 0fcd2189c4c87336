import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { tables } from '../contracts/tables.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import type { FeedbackKind, TouchOutcome } from '../domain/touches/touch-record.ts';

/** What an update of a touch's item does, and on what condition. */
export type Change = Pick<
  UpdateItemCommandInput,
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ReturnValues'
>;

/** A marketing touch begins once. */
export const beginning: Change = {
  UpdateExpression: 'SET #state = :sending ADD attempts :one',
  ConditionExpression: '#state = :decided OR (#state = :sending AND #purpose <> :marketing)',
  ExpressionAttributeNames: { '#state': 'state', '#purpose': 'purpose' },
  ExpressionAttributeValues: {
    ':sending': { S: 'sending' },
    ':decided': { S: 'decided' },
    ':marketing': { S: 'marketing' },
    ':one': { N: '1' },
  },
  ReturnValues: 'ALL_NEW',
};

/** The attempt that was begun does not count. */
export const takingBack: Change = {
  UpdateExpression: 'SET #state = :decided ADD attempts :less',
  ConditionExpression: '#state = :sending',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ':decided': { S: 'decided' },
    ':sending': { S: 'sending' },
    ':less': { N: '-1' },
  },
};

/** A sending that broke off is given back too, unless it is of marketing, which may have gone. */
export const givingBack: Change = {
  UpdateExpression: 'SET #state = :returned',
  ConditionExpression: '#state = :decided OR (#state = :sending AND #purpose <> :marketing)',
  ExpressionAttributeNames: { '#state': 'state', '#purpose': 'purpose' },
  ExpressionAttributeValues: {
    ':returned': { S: 'returned' },
    ':decided': { S: 'decided' },
    ':sending': { S: 'sending' },
    ':marketing': { S: 'marketing' },
  },
};

export const heardAs = (kind: FeedbackKind): string => `heard-${kind}`;

/** The first of a kind stays. */
export const hearing = (kind: FeedbackKind, at: Instant): Change => ({
  UpdateExpression: 'SET #kind = :at',
  ConditionExpression: 'attribute_exists(#order) AND attribute_not_exists(#kind)',
  ExpressionAttributeNames: { '#kind': heardAs(kind), '#order': tables.touches.partitionKey },
  ExpressionAttributeValues: { ':at': { S: at } },
});

/** A doubt never takes the place of what is known: a second run may settle it in the meantime. */
export const finishing = (outcome: TouchOutcome): Change => {
  const isDoubt = outcome.state === 'in-doubt';
  return {
    UpdateExpression: 'SET #state = :state, #outcome = :outcome',
    ...(isDoubt ? { ConditionExpression: '#state = :sending' } : {}),
    ExpressionAttributeNames: { '#state': 'state', '#outcome': 'outcome' },
    ExpressionAttributeValues: {
      ':state': { S: outcome.state },
      ':outcome': { S: JSON.stringify(outcome) },
      ...(isDoubt ? { ':sending': { S: 'sending' } } : {}),
    },
  };
};
