import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { enrolStageContract } from '#lambdas/enrol-stage/contract.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OwnCalls } from '#lib/constructs/own-calls.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, useOf, useOfTable } from '#lib/constructs/uses.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';
import type { JourneysStack } from './journeys-stack.ts';

export interface EnrolmentStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly journeys: JourneysStack;
}

/** From an accepted order to each of its stages, at once or at its time. */
export class EnrolmentStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: EnrolmentStackProps) {
    super(scope, id, props);
    const { data, ingestion } = props;
    const calls = new OwnCalls(this, 'Calls', {
      key: data.key,
      alarms: data.alarms,
      queueId: 'NotEnrolled',
      failed: {
        impact: 'Stages of journeys did not start: no confirmation, or nothing after a delivery.',
        runbook: 'Orders are not enrolled',
      },
    });
    const enrolStage = this.addEnrolStage(context, props, calls);
    calls.callsBack(enrolStage);
    calls.callsFor(ingestion.bus, enrolStage, ['OrderAccepted', 'StageCompleted', 'NoticeDue']);
  }

  private addEnrolStage(context: StageContext, props: EnrolmentStackProps, calls: OwnCalls) {
    const { tables, key } = props.data;
    const { fulfilment, onboarding, advocacy, repurchase, notice, support } =
      props.journeys.journeys;
    const { group, role, deadLetters } = calls.uses('CreateSchedule');
    return new ContractFunction(this, 'EnrolStage', {
      contract: enrolStageContract,
      context,
      key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem'),
        CUSTOMERS_TABLE_NAME: useOfTable(tables.customers, 'GetItem'),
        PURCHASES_TABLE_NAME: useOfTable(tables.purchases, 'Query'),
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
        PSEUDONYMS_TABLE_NAME: useOfTable(tables.pseudonyms, 'BatchGetItem'),
        SCORES_TABLE_NAME: useOfTable(tables.scores, 'BatchGetItem'),
        AFFINITY_TABLE_NAME: useOfTable(tables.affinity, 'BatchGetItem'),
        EVENT_BUS_NAME: publishingTo(props.ingestion.bus),
        FULFILMENT_STATE_MACHINE_ARN: starting(fulfilment),
        ONBOARDING_STATE_MACHINE_ARN: starting(onboarding),
        ADVOCACY_STATE_MACHINE_ARN: starting(advocacy),
        REPURCHASE_STATE_MACHINE_ARN: starting(repurchase),
        NOTICE_STATE_MACHINE_ARN: starting(notice),
        SUPPORT_STATE_MACHINE_ARN: starting(support),
        SCHEDULE_GROUP_NAME: group,
        SCHEDULER_ROLE_ARN: role,
        NOT_ENROLLED_QUEUE_ARN: deadLetters,
      },
    });
  }
}

/** Started by its alias, for which IAM looks at the state machine itself. */
const starting = ({
  liveArn,
  stateMachineArn,
}: {
  readonly liveArn: string;
  readonly stateMachineArn: string;
}) => useOf(liveArn, [stateMachineArn], 'states:StartExecution');
