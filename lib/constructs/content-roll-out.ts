import { ArnFormat, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { contentModel } from '#analytics/models.ts';
import { collectDraftsContract } from '#lambdas/collect-drafts/contract.ts';
import { planContentContract } from '#lambdas/plan-content/contract.ts';
import { reportContentContract } from '#lambdas/report-content/contract.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { DRAFTS_LABEL, rollOutContent } from '#state-machines/roll-out-content.contract.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { AslStateMachine } from './asl-state-machine.ts';
import { ContentBatch } from './content-batch.ts';
import { ContractFunction, type Use } from './contract-function.ts';
import { letQuery, letReadAnswers, type QueriedLake } from './lake-access.ts';
import { OperatorAlarm } from './operator-alarm.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { StageContext } from './stage-context.ts';
import { inJson } from './statement-in-json.ts';
import { useOf, useOfTable } from './uses.ts';

export interface ContentRollOutProps extends QueriedLake {
  readonly context: StageContext;
  readonly data: DataStack;
  /** draft-content: drafts a product. */
  readonly draft: Function;
  /** ARNs of the model in use: what a job of batch inference asks IAM for. */
  readonly models: readonly string[];
}

/** A catalogue of 200,000 is read, and its orders, page after page; Lambda runs no longer. */
const TIMEOUT = Duration.minutes(15);

/** 200,000 products that lack something take some 100 MB, their lines 25, and what is asked of tables side by side. */
const MEMORY_MB = 1024;

/** Besides, the input of a batch, 128 MiB of JSON: its lines, them as one text, and that in bytes. */
const PLAN_MEMORY_MB = 2048;

/** Reports are compared with those of a year ago. */
const RUN_DAYS = 400;

/** What a run reads and writes; see `runFiles`. */
const RUNS = 'runs/*';

/** Drafts for the catalogue, started by hand: a plan, an execution a product, a report. */
export class ContentRollOut extends Construct {
  /** Plans, results and reports, below `runs/<name of the execution>/`. */
  readonly bucket: Bucket;
  readonly machine: AslStateMachine<typeof rollOutContent>;

  constructor(scope: Construct, id: string, props: ContentRollOutProps) {
    super(scope, id);
    const { data } = props;
    this.bucket = this.addBucket(data);
    const plan = this.addPlanContent(props);
    const collect = this.addCollectDrafts(props);
    const report = this.addReportContent(props);
    const batch = new ContentBatch(this, 'Batch', {
      bucket: this.bucket,
      prefix: RUNS,
      models: props.models,
    });
    this.machine = this.addMachine(props, { plan, collect, report }, batch);
    new OperatorAlarm(this, 'FailedAlarm', {
      topic: data.alarms,
      impact: 'Products stay without texts: their messages have the plain blocks.',
      runbook: 'A roll-out of texts failed',
      metric: this.machine.metricFailed({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
    });
    new CfnOutput(this, 'MachineArn', {
      description: 'Start it with {} or with what narrows it: docs/content.md',
      value: this.machine.stateMachineArn,
    });
    new CfnOutput(this, 'RunsBucketName', {
      description: 'Has runs/<execution>/report.md',
      value: this.bucket.bucketName,
    });
  }

  private addBucket({ key }: DataStack): Bucket {
    return new PrivateBucket(this, 'Runs', {
      key,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          expiration: Duration.days(RUN_DAYS),
        },
      ],
      whyNotLogged: 'It holds SKUs, counts and costs; who started a run is in CloudTrail.',
    });
  }

  private addPlanContent({ context, data, ...lake }: ContentRollOutProps): Function {
    const { key, tables } = data;
    const plan = new ContractFunction(this, 'PlanContent', {
      contract: planContentContract,
      context,
      key,
      timeout: TIMEOUT,
      memoryMb: PLAN_MEMORY_MB,
      uses: {
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem', 'Scan'),
        CONTENT_TABLE_NAME: useOfTable(tables.content, 'BatchGetItem'),
        RUNS_BUCKET_NAME: this.usingRuns('s3:PutObject'),
      },
    });
    return this.readingAnswers(plan, lake);
  }

  private addCollectDrafts({ context, data: { key, tables } }: ContentRollOutProps): Function {
    const collect = new ContractFunction(this, 'CollectDrafts', {
      contract: collectDraftsContract,
      context,
      key,
      timeout: TIMEOUT,
      memoryMb: MEMORY_MB,
      uses: {
        COUNTERS_TABLE_NAME: useOfTable(tables.counters, 'UpdateItem'),
        RUNS_BUCKET_NAME: this.usingRuns('s3:GetObject', 's3:PutObject'),
      },
    });
    return this.ofRuns(collect);
  }

  private addReportContent({ context, data, ...lake }: ContentRollOutProps): Function {
    const { key, tables } = data;
    const report = new ContractFunction(this, 'ReportContent', {
      contract: reportContentContract,
      context,
      key,
      timeout: TIMEOUT,
      memoryMb: MEMORY_MB,
      uses: {
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem'),
        CONTENT_TABLE_NAME: useOfTable(tables.content, 'BatchGetItem'),
        COUNTERS_TABLE_NAME: useOfTable(tables.counters, 'GetItem'),
        RUNS_BUCKET_NAME: this.usingRuns('s3:GetObject', 's3:PutObject'),
      },
    });
    return this.readingAnswers(report, lake);
  }

  private usingRuns(...actions: readonly string[]): Use {
    return useOf(this.bucket.bucketName, [this.bucket.arnForObjects(RUNS)], ...actions);
  }

  private readingAnswers(worker: Function, lake: QueriedLake): Function {
    if (worker.role !== undefined) letReadAnswers(worker.role, lake);
    return this.ofRuns(worker);
  }

  private ofRuns(worker: Function): Function {
    if (worker.role !== undefined)
      acknowledgeWildcard(worker.role, this.bucket.arnForObjects(RUNS), RUNS_ARE_NAMED);
    return worker;
  }

  private addMachine(
    { context, data, lake, insight, draft }: ContentRollOutProps,
    { plan, collect, report }: Readonly<Record<'plan' | 'collect' | 'report', Function>>,
    batch: ContentBatch,
  ): AslStateMachine<typeof rollOutContent> {
    const machine = new AslStateMachine(this, 'Machine', {
      contract: rollOutContent,
      context,
      key: data.key,
      substitutions: {
        DatabaseName: lake.database.ref,
        WorkGroupName: insight.workGroup.ref,
        SalesSql: inJson(contentModel('content_sales').sql),
        OrdersSql: inJson(contentModel('content_orders').sql),
        PlanContentArn: plan.functionArn,
        BatchRoleArn: batch.role.roleArn,
        CollectDraftsArn: collect.functionArn,
        DraftContentArn: draft.functionArn,
        ReportContentArn: report.functionArn,
      },
    });
    letQuery(machine.role, { lake, insight }, ['order_lines', 'order_events']);
    const anyRun = this.bucket.arnForObjects(RUNS);
    for (const statement of [
      { actions: ['lambda:InvokeFunction'], resources: [plan, collect, draft, report].map(arnOf) },
      {
        actions: [
          's3:AbortMultipartUpload',
          's3:GetObject',
          's3:ListMultipartUploadParts',
          's3:PutObject',
        ],
        resources: [anyRun],
      },
    ])
      machine.addToRolePolicy(new PolicyStatement(statement));
    acknowledgeWildcard(machine.role, anyRun, RUNS_ARE_NAMED);
    batch.letCreateJobs(machine.role);
    this.letRunChildren(machine);
    return machine;
  }

  /**
   * A policy of its own: the machine waits for the one of its role, which can therefore not name it. Step Functions
   * developer guide, "IAM policies for using Distributed Map states"; "Redriving Map Runs" has the last action.
   */
  private letRunChildren({ role, stateMachineArn, stateMachineName }: StateMachine): void {
    const executions = (of: string): string =>
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${of}:*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    const all = executions(stateMachineName);
    const drafts = executions(`${stateMachineName}/${DRAFTS_LABEL}`);
    const policy = new Policy(this, 'ChildrenPolicy', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
        new PolicyStatement({
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [all, drafts],
        }),
        new PolicyStatement({ actions: ['states:RedriveExecution'], resources: [drafts] }),
      ],
    });
    for (const arn of [all, drafts])
      acknowledgeWildcard(policy, arn, 'Executions are named when they are started.');
  }
}

const RUNS_ARE_NAMED = 'A run is named when it is started.';

const arnOf = ({ functionArn }: Function): string => functionArn;
