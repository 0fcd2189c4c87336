import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import createTable from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import describeTableRules from 'dynalite/validations/describeTable.js';
import getItemRules from 'dynalite/validations/getItem.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import { AwsError } from './aws-error.ts';
import { takeShortcuts } from './dynalite-shortcuts.ts';
import { checkerOf } from './input-checks.ts';
import type { ItemStore } from './item-store.ts';
import { plainBatch, plainGet } from './plain-get.ts';
import { textOf } from './service.ts';

takeShortcuts();

const operations = new Map(
  Object.entries({
    BatchGetItem: { act: batchGetItem, rules: batchGetItemRules },
    BatchWriteItem: { act: batchWriteItem, rules: batchWriteItemRules },
    CreateTable: { act: createTable, rules: createTableRules },
    DeleteItem: { act: deleteItem, rules: deleteItemRules },
    DescribeTable: { act: describeTable, rules: describeTableRules },
    GetItem: { act: getItem, rules: getItemRules },
    PutItem: { act: putItem, rules: putItemRules },
    Query: { act: query, rules: queryRules },
    Scan: { act: scan, rules: scanRules },
    UpdateItem: { act: updateItem, rules: updateItemRules },
  }).map(([operation, { act, rules }]) => [operation, { act, check: checkerOf(operation, rules) }]),
);

/** Answers of inputs that ask for no more than items as they are; dynalite checks and answers all others. */
const plainAnswers = new Map([
  ['BatchGetItem', plainBatch],
  ['GetItem', plainGet],
]);

/**
 * Has dynalite check and do an operation, without its HTTP server and its LevelDB: nine tenths of its time are
 * theirs. What it says, refuses and counts is its own.
 *
 * @throws {AwsError} as DynamoDB refuses it
 */
export const askDynalite = async (
  store: ItemStore,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> => {
  const known = operations.get(operation);
  if (known === undefined)
    throw new AwsError('UnknownOperationException', `${operation} is not modelled`);
  const { act, check } = known;
  try {
    const plain = plainAnswers.get(operation)?.(store, input);
    if (plain !== undefined) return { ...plain };
    const checked = check(input, store);
    return await new Promise((resolve, reject) => {
      act(store, checked, (error, answer) => {
        if (error) reject(error);
        else resolve({ ...answer });
      });
    });
  } catch (error) {
    const { body } = Object(error);
    throw body === undefined ? error : refusalOf(Object(body));
  }
};

const refusalOf = (body: Readonly<Record<string, unknown>>): AwsError =>
  new AwsError(
    textOf(body, '__type').replace(/^.*#/, ''),
    textOf(body, 'message') || textOf(body, 'Message'),
  );
