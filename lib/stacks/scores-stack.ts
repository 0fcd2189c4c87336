import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ScoresConfig } from '#core/contracts/scores-config.ts';
import { fitScoresContract } from '#lambdas/fit-scores/contract.ts';
import { loadScoresContract } from '#lambdas/load-scores/contract.ts';
import { AslStateMachine } from '#lib/constructs/asl-state-machine.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import { letQuery, letReadAnswers, type QueriedLake } from '#lib/constructs/lake-access.ts';
import { startOnSchedule } from '#lib/constructs/machine-schedule.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { useOfTable } from '#lib/constructs/uses.ts';
import { scoreCustomers } from '#state-machines/score-customers.contract.ts';
import type { DataStack } from './data-stack.ts';

export interface ScoresStackProps extends StackProps, QueriedLake {
  readonly data: DataStack;
  readonly config: ScoresConfig;
}

/** Pages of a big answer come one after the other; Lambda runs no longer. */
const TIMEOUT = Duration.minutes(15);

/** A whole processor: models are fitted, and customers scored, by computing. */
const MEMORY_MB = 1769;

/** From the lake back to journeys: what is expected of each customer, by a schedule. */
export class ScoresStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: ScoresStackProps) {
    super(scope, id, props);
    const { fit, load } = this.addFunctions(context, props);
    const { data, lake, insight, config } = props;
    const machine = new AslStateMachine(this, 'ScoreCustomers', {
      contract: scoreCustomers,
      context,
      key: data.key,
      substitutions: {
        DatabaseName: lake.database.ref,
        WorkGroupName: insight.workGroup.ref,
        FitScoresArn: fit.functionArn,
        LoadScoresArn: load.functionArn,
      },
    });
    const resources = [fit.functionArn, load.functionArn];
    machine.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    letQuery(machine.role, props);
    const description = 'Scores every customer';
    if (config.enabled) startOnSchedule(this, machine, { ...config, description });
    new OperatorAlarm(this, 'ScoreCustomersFailedAlarm', {
      topic: data.alarms,
      impact: 'Customers were not scored: win-backs and invitations go by older scores.',
      runbook: 'Customers are not scored',
      metric: machine.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }

  private addFunctions(context: StageContext, props: ScoresStackProps) {
    const { key, tables } = props.data;
    const shared = { context, key, timeout: TIMEOUT, memoryMb: MEMORY_MB };
    const fit = new ContractFunction(this, 'FitScores', {
      ...shared,
      contract: fitScoresContract,
      uses: { SCORES_TABLE_NAME: useOfTable(tables.scores, 'PutItem') },
    });
    const load = new ContractFunction(this, 'LoadScores', {
      ...shared,
      contract: loadScoresContract,
      uses: { SCORES_TABLE_NAME: useOfTable(tables.scores, 'GetItem', 'BatchWriteItem') },
    });
    for (const each of [fit, load]) {
      if (each.role !== undefined) letReadAnswers(each.role, props);
    }
    return { fit, load };
  }
}
