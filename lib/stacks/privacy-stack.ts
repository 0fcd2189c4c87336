import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { eraseCustomerContract } from '#lambdas/erase-customer/contract.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OwnCalls } from '#lib/constructs/own-calls.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface PrivacyStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
}

/** It looks at every address and every short link of the deployment: a minute for a gigabyte of them. */
const TIMEOUT = Duration.minutes(15);

/** From a customer's wish to be forgotten to its end, and once more a day later. */
export class PrivacyStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: PrivacyStackProps) {
    super(scope, id, props);
    const { data, ingestion } = props;
    const calls = new OwnCalls(this, 'Calls', {
      key: data.key,
      alarms: data.alarms,
      queueId: 'NotErased',
      failed: {
        impact: 'A customer who asked to be forgotten is still known; the law sets a month for it.',
        runbook: 'Customers are not erased',
      },
    });
    const eraseCustomer = this.addEraseCustomer(context, props, calls);
    calls.callsBack(eraseCustomer);
    calls.callsFor(ingestion.bus, eraseCustomer, ['ErasureDue']);
  }

  private addEraseCustomer(
    context: StageContext,
    { data: { key, tables }, ingestion }: PrivacyStackProps,
    calls: OwnCalls,
  ) {
    const { group, role, deadLetters } = calls.uses('CreateSchedule');
    return new ContractFunction(this, 'EraseCustomer', {
      contract: eraseCustomerContract,
      context,
      key,
      timeout: TIMEOUT,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'Query', 'UpdateItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'DeleteItem', 'Query', 'UpdateItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'DeleteItem', 'Query'),
        TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'Query', 'UpdateItem'),
        IDENTITIES_TABLE_NAME: useOfTable(tables.identities, 'DeleteItem', 'Scan', 'UpdateItem'),
        CONTACTS_TABLE_NAME: useOfTable(tables.contacts, 'DeleteItem', 'Query', 'UpdateItem'),
        INBOX_TABLE_NAME: useOfTable(tables.inbox, 'DeleteItem', 'Query'),
        LINKS_TABLE_NAME: useOfTable(tables.links, 'DeleteItem', 'Scan'),
        ATTRIBUTIONS_TABLE_NAME: useOfTable(tables.attributions, 'DeleteItem', 'Query'),
        PSEUDONYMS_TABLE_NAME: useOfTable(tables.pseudonyms, 'DeleteItem', 'Query'),
        SCORES_TABLE_NAME: useOfTable(tables.scores, 'DeleteItem', 'Query'),
        SESSIONS_TABLE_NAME: useOfTable(tables.sessions, 'Query', 'UpdateItem'),
        OFFER_HISTORIES_TABLE_NAME: useOfTable(
          tables.offerHistories,
          'DeleteItem',
          'Query',
          'UpdateItem',
        ),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        SCHEDULE_GROUP_NAME: group,
        SCHEDULER_ROLE_ARN: role,
        NOT_ERASED_QUEUE_ARN: deadLetters,
      },
    });
  }
}
