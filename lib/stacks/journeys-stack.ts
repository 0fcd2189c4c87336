import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { awaitMilestoneContract } from '#lambdas/await-milestone/contract.ts';
import { requestSupportContract } from '#lambdas/request-support/contract.ts';
import { AslStateMachine } from '#lib/constructs/asl-state-machine.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, useOfTable } from '#lib/constructs/uses.ts';
import { advocacy } from '#state-machines/advocacy.contract.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { notice } from '#state-machines/notice.contract.ts';
import { onboarding } from '#state-machines/onboarding.contract.ts';
import { repurchase } from '#state-machines/repurchase.contract.ts';
import { support } from '#state-machines/support.contract.ts';
import type { StateMachineContract } from '#state-machines/state-machine-contract.ts';
import type { ContactStack } from './contact-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface JourneysStackProps extends StackProps {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly contact: ContactStack;
}

interface Journey<C extends StateMachineContract> {
  readonly contract: C;
  readonly substitutions: Readonly<Record<C['substitutions'][number], string>>;
  /** Functions that its states call. */
  readonly calls: readonly IFunction[];
}

/** The stages of an order: the journeys, and what they call. */
export class JourneysStack extends Stack {
  readonly journeys;
  private readonly context: StageContext;
  private readonly props: JourneysStackProps;

  constructor(scope: Construct, id: string, context: StageContext, props: JourneysStackProps) {
    super(scope, id, props);
    this.context = context;
    this.props = props;
    const EventBusName = props.ingestion.bus.eventBusName;
    const { decideTouch } = props.contact;
    const awaitMilestone = this.addAwaitMilestone();
    const requestSupport = this.addRequestSupport();
    const DecideTouchArn = decideTouch.functionArn;
    const AwaitMilestoneArn = awaitMilestone.functionArn;
    const RequestSupportArn = requestSupport.functionArn;
    this.journeys = {
      fulfilment: this.addJourney('Fulfilment', {
        contract: fulfilment,
        substitutions: { DecideTouchArn, AwaitMilestoneArn, EventBusName },
        calls: [decideTouch, awaitMilestone],
      }),
      onboarding: this.addJourney('Onboarding', {
        contract: onboarding,
        substitutions: { DecideTouchArn, AwaitMilestoneArn, EventBusName },
        calls: [decideTouch, awaitMilestone],
      }),
      advocacy: this.addJourney('Advocacy', {
        contract: advocacy,
        substitutions: { DecideTouchArn, AwaitMilestoneArn, EventBusName },
        calls: [decideTouch, awaitMilestone],
      }),
      repurchase: this.addJourney('Repurchase', {
        contract: repurchase,
        substitutions: { DecideTouchArn },
        calls: [decideTouch],
      }),
      notice: this.addJourney('Notice', {
        contract: notice,
        substitutions: { DecideTouchArn },
        calls: [decideTouch],
      }),
      support: this.addJourney('Support', {
        contract: support,
        substitutions: { RequestSupportArn, DecideTouchArn },
        calls: [requestSupport, decideTouch],
      }),
    };
    const waiting = [
      this.journeys.fulfilment,
      this.journeys.onboarding,
      this.journeys.advocacy,
    ].map(({ stateMachineArn }) => stateMachineArn);
    this.letWake(awaitMilestone, waiting);
  }

  private addJourney<C extends StateMachineContract>(
    id: string,
    { contract, substitutions, calls }: Journey<C>,
  ): AslStateMachine<C> {
    const { data, ingestion } = this.props;
    const { context } = this;
    const journey = new AslStateMachine(this, id, {
      contract,
      context,
      key: data.key,
      substitutions,
    });
    journey.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: calls.map(({ functionArn }) => functionArn),
      }),
    );
    if (contract.substitutions.includes('EventBusName')) publishingTo(ingestion.bus).grant(journey);
    new OperatorAlarm(this, `${id}FailedAlarm`, {
      topic: data.alarms,
      impact: 'Journeys broke off: their customers hear nothing more of their orders.',
      runbook: 'Journeys fail',
      metric: journey.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
    return journey;
  }

  /** A policy of its own: in the function's, function, policy and journey would need each other. */
  private letWake({ role }: IFunction, resources: string[]): void {
    if (role === undefined) throw new Error('a function of ours has a role');
    const actions = ['states:SendTaskSuccess'];
    new Policy(this, 'AwaitMilestoneWakes', {
      roles: [role],
      statements: [new PolicyStatement({ actions, resources })],
    });
  }

  private addAwaitMilestone() {
    const { context } = this;
    const { key, tables } = this.props.data;
    return new ContractFunction(this, 'AwaitMilestone', {
      contract: awaitMilestoneContract,
      context,
      key,
      uses: { ORDERS_TABLE_NAME: useOfTable(tables.orders, 'GetItem', 'PutItem') },
    });
  }

  private addRequestSupport() {
    const { context } = this;
    const { data, ingestion } = this.props;
    return new ContractFunction(this, 'RequestSupport', {
      contract: requestSupportContract,
      context,
      key: data.key,
      uses: {
        ORDERS_TABLE_NAME: useOfTable(data.tables.orders, 'GetItem'),
        TOUCHES_TABLE_NAME: useOfTable(data.tables.touches, 'Query'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
      },
    });
  }
}
