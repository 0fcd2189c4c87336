import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Archive, EventBus, Match, Rule } from 'aws-cdk-lib/aws-events';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import type { Construct } from 'constructs';
import { eventSchemas } from '#core/contracts/event-schemas.ts';
import { AFTERGLOW_SOURCE } from '#core/contracts/outgoing-events.ts';
import { ingestEventContract } from '#lambdas/ingest-event/contract.ts';
import { acknowledgeWildcard } from '#lib/constructs/acknowledge.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, readingOf, sendingTo, useOf, useOfTable } from '#lib/constructs/uses.ts';
import { WorkedQueue } from '#lib/constructs/worked-queue.ts';
import type { DataStack } from './data-stack.ts';

/** From the shops' systems to their orders: the bus, its archive and contracts, and what takes events in. */
export class IngestionStack extends Stack {
  readonly bus: EventBus;

  constructor(
    scope: Construct,
    id: string,
    context: StageContext,
    data: DataStack,
    props: StackProps,
  ) {
    super(scope, id, props);
    this.bus = new EventBus(this, 'Bus', { description: 'Events of orders, in and out' });
    new Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      eventPattern: { account: [this.account] },
      retention: Duration.days(context.config.archiveDays),
    });
    new CfnOutput(this, 'EventBusName', { value: this.bus.eventBusName });
    this.addSchemas();

    const ingress = this.addIngress(data);
    const ingestEvent = this.addIngestEvent(context, data, ingress);
    ingress.workedBy(ingestEvent, context.config.ingestConcurrency);
  }

  private addSchemas(): void {
    const registry = new CfnRegistry(this, 'Contracts', {
      description: 'The events that Afterglow reads and publishes',
    });
    for (const { detailType, schema } of eventSchemas())
      new CfnSchema(this, `${detailType}Schema`, {
        registryName: registry.attrRegistryName,
        schemaName: detailType,
        type: 'JSONSchemaDraft4',
        content: schema,
      });
  }

  /** Everything on the bus but our own events: what is not for us is parked, not lost. */
  private addIngress({ key, alarms }: DataStack): WorkedQueue {
    const ingress = new WorkedQueue(this, 'Ingress', {
      key,
      alarms,
      dead: {
        impact:
          'Events were parked: their orders stand still until they are corrected and redriven.',
        runbook: 'Events are parked',
      },
      late: {
        impact: 'Events wait to be taken in: confirmations are late.',
        runbook: 'Events are taken in late',
        minutes: 10,
      },
    });
    const rule = new Rule(this, 'ToIngress', {
      eventBus: this.bus,
      eventPattern: { source: Match.anythingBut(AFTERGLOW_SOURCE) },
    });
    ingress.fedBy(rule);
    return ingress;
  }

  private addIngestEvent(context: StageContext, data: DataStack, ingress: WorkedQueue) {
    const { key, tables, identityKey } = data;
    const anyStateMachine = this.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const ingestEvent = new ContractFunction(this, 'IngestEvent', {
      contract: ingestEventContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem', 'PutItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem', 'PutItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'PutItem', 'Query'),
        IDENTITIES_TABLE_NAME: useOfTable(tables.identities, 'GetItem', 'PutItem'),
        SUPPRESSIONS_TABLE_NAME: useOfTable(tables.suppressions, 'BatchGetItem', 'DeleteItem'),
        IDENTITY_KEY_SECRET_ARN: readingOf(identityKey),
        LEDGER_TABLE_NAME: useOfTable(tables.ledger, 'PutItem'),
        ATTRIBUTIONS_TABLE_NAME: useOfTable(tables.attributions, 'PutItem', 'Query'),
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem', 'UpdateItem'),
        CONTENT_TABLE_NAME: useOfTable(tables.content, 'GetItem', 'PutItem'),
        OFFERS_TABLE_NAME: useOfTable(tables.offers, 'PutItem'),
        SESSIONS_TABLE_NAME: useOfTable(tables.sessions, 'GetItem', 'PutItem'),
        OFFER_COUNTS_TABLE_NAME: useOfTable(tables.offerCounts, 'UpdateItem'),
        OFFER_HISTORIES_TABLE_NAME: useOfTable(tables.offerHistories, 'GetItem', 'PutItem'),
        EVENT_BUS_NAME: publishingTo(this.bus),
        PARKED_EVENTS_QUEUE_URL: sendingTo(ingress.deadLetters),
      },
    });
    useOf('', [anyStateMachine], 'states:SendTaskSuccess').grant(ingestEvent);
    if (ingestEvent.role !== undefined)
      acknowledgeWildcard(
        ingestEvent.role,
        anyStateMachine,
        'A task token belongs to a journey of a later stack; whoever has no token can end no wait.',
      );
    return ingestEvent;
  }
}
