import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Channel } from '#core/domain/touches/touch.ts';
import { decideTouchContract } from '#lambdas/decide-touch/contract.ts';
import { ContractFunction, type Use } from '#lib/constructs/contract-function.ts';
import { OwnCalls } from '#lib/constructs/own-calls.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, sendingTo, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';

export interface ContactStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly messaging: MessagingStack;
}

/** The contact policy at work: decides every touch, and again what it held. */
export class ContactStack extends Stack {
  readonly decideTouch: ContractFunction<typeof decideTouchContract.env>;

  constructor(scope: Construct, id: string, context: StageContext, props: ContactStackProps) {
    super(scope, id, props);
    const { data, ingestion } = props;
    const calls = new OwnCalls(this, 'Calls', {
      key: data.key,
      alarms: data.alarms,
      queueId: 'NotDecided',
      failed: {
        impact: 'Touches that were held are not decided: they go late, or not at all.',
        runbook: 'Held touches are not decided',
      },
    });
    this.decideTouch = this.addDecideTouch(context, props, calls);
    calls.callsBack(this.decideTouch);
    calls.callsFor(ingestion.bus, this.decideTouch, ['TouchReturned', 'ContactReviewDue']);
  }

  private addDecideTouch(
    context: StageContext,
    { data: { key, tables }, ingestion, messaging }: ContactStackProps,
    calls: OwnCalls,
  ) {
    const { group, role, deadLetters } = calls.uses('CreateSchedule', 'DeleteSchedule');
    const queue = (channel: Channel): Use => {
      const found = messaging.queues[channel];
      return found === undefined ? { value: '', grant: () => {} } : sendingTo(found);
    };
    const budget = context.config.sms?.monthlyBudget;
    return new ContractFunction(this, 'DecideTouch', {
      contract: decideTouchContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'Query'),
        TOUCHES_TABLE_NAME: useOfTable(tables.touches, 'GetItem', 'PutItem'),
        SUPPRESSIONS_TABLE_NAME: useOfTable(tables.suppressions, 'BatchGetItem'),
        CONTACTS_TABLE_NAME: useOfTable(tables.contacts, 'GetItem', 'PutItem'),
        COUNTERS_TABLE_NAME: useOfTable(
          tables.counters,
          ...(budget === undefined ? [] : (['GetItem'] as const)),
        ),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        EMAIL_QUEUE_URL: queue('email'),
        SMS_QUEUE_URL: queue('sms'),
        PUSH_QUEUE_URL: queue('push'),
        INBOX_QUEUE_URL: queue('inbox'),
        INSERT_QUEUE_URL: queue('insert'),
        AUDIENCE_QUEUE_URL: queue('audience'),
        SMS_MONTHLY_BUDGET: { value: String(budget ?? 0), grant: () => {} },
        SCHEDULE_GROUP_NAME: group,
        SCHEDULER_ROLE_ARN: role,
        NOT_DECIDED_QUEUE_ARN: deadLetters,
      },
    });
  }
}
