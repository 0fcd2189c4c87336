import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { affinityModel, affinityTables } from '#analytics/models.ts';
import type { AffinityConfig } from '#core/contracts/affinity-config.ts';
import { loadAffinityContract } from '#lambdas/load-affinity/contract.ts';
import { AslStateMachine } from '#lib/constructs/asl-state-machine.ts';
import { ContractFunction } from '#lib/constructs/contract-function.ts';
import {
  letFetchResults,
  letFill,
  letQuery,
  letReadAnswers,
  type QueriedLake,
} from '#lib/constructs/lake-access.ts';
import { startOnSchedule } from '#lib/constructs/machine-schedule.ts';
import { modelPrefix, ModelTable } from '#lib/constructs/model-table.ts';
import { OperatorAlarm } from '#lib/constructs/operator-alarm.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { inJson } from '#lib/constructs/statement-in-json.ts';
import { useOfTable } from '#lib/constructs/uses.ts';
import { learnAffinity, type LearnAffinityInput } from '#state-machines/learn-affinity.contract.ts';
import type { DataStack } from './data-stack.ts';

export interface AffinityStackProps extends StackProps, QueriedLake {
  readonly data: DataStack;
  readonly config: AffinityConfig;
}

/** Pages of a big answer come one after the other; Lambda runs no longer. */
const TIMEOUT = Duration.minutes(15);

/** What was superseded is kept as long as what counts, and a month more for the window's own edge. */
const GRACE_DAYS = 31;

/** From the lake back to offers: which products go together, by a schedule. */
export class AffinityStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: AffinityStackProps) {
    super(scope, id, props);
    const { data, lake, insight, config } = props;
    const prefixes = this.addTables(props);
    const load = this.addLoadAffinity(context, props);
    const sql = (name: Parameters<typeof affinityModel>[0]) =>
      inJson(affinityModel(name, config).sql);
    const machine = new AslStateMachine(this, 'LearnAffinity', {
      contract: learnAffinity,
      context,
      key: data.key,
      substitutions: {
        DatabaseName: lake.database.ref,
        WorkGroupName: insight.workGroup.ref,
        DueSql: sql('affinity_due'),
        PairsSql: sql('affinity_pairs'),
        SkusSql: sql('affinity_skus'),
        DaysSql: sql('affinity_days'),
        ListsSql: sql('affinity_lists'),
        LoadAffinityArn: load.functionArn,
      },
    });
    const resources = [load.functionArn];
    machine.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    letQuery(machine.role, props, ['order_lines', 'order_events']);
    letFetchResults(machine.role, props);
    letFill(machine.role, props, prefixes);
    const named = { prefix: 'Affinity', description: 'Learns which products go together' };
    const input: LearnAffinityInput = { onlyWithNews: true };
    if (config.enabled) startOnSchedule(this, machine, { ...config, ...named, input });
    new OperatorAlarm(this, 'LearnAffinityFailedAlarm', {
      topic: data.alarms,
      impact: 'Offers go by what was bought together until the last run, and end some days later.',
      runbook: 'Affinity is not learnt',
      metric: machine.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
  }

  /** Rows that count no more leave with their day: what is older than the window is not read. */
  private addTables({ lake, config }: AffinityStackProps): readonly string[] {
    return affinityTables.map((name) => {
      const id = name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
      const model = affinityModel(name, config);
      new ModelTable(this, `${id}Table`, { model, database: lake.database, bucket: lake.bucket });
      const prefix = modelPrefix(name);
      lake.bucket.addLifecycleRule({
        prefix,
        expiration: Duration.days(config.windowDays + GRACE_DAYS),
      });
      return prefix;
    });
  }

  private addLoadAffinity(context: StageContext, props: AffinityStackProps): Function {
    const { key, tables } = props.data;
    const load = new ContractFunction(this, 'LoadAffinity', {
      contract: loadAffinityContract,
      context,
      key,
      timeout: TIMEOUT,
      uses: { AFFINITY_TABLE_NAME: useOfTable(tables.affinity, 'BatchWriteItem') },
    });
    if (load.role !== undefined) letReadAnswers(load.role, props);
    return load;
  }
}
