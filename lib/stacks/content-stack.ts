import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { chosenModel, type ContentConfig } from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { AFTERGLOW_SOURCE } from '#core/contracts/outgoing-events.ts';
import { draftContentContract } from '#lambdas/draft-content/contract.ts';
import { acknowledgeWildcard } from '#lib/constructs/acknowledge.ts';
import { arnsOfModel } from '#lib/constructs/bedrock-model.ts';
import { ContentGuardrail } from '#lib/constructs/content-guardrail.ts';
import { ContentRollOut } from '#lib/constructs/content-roll-out.ts';
import { ContractFunction, type Use } from '#lib/constructs/contract-function.ts';
import type { QueriedLake } from '#lib/constructs/lake-access.ts';
import type { StageContext } from '#lib/constructs/stage-context.ts';
import { publishingTo, useOf, useOfTable } from '#lib/constructs/uses.ts';
import { WorkedQueue } from '#lib/constructs/worked-queue.ts';
import type { DataStack } from './data-stack.ts';
import type { IngestionStack } from './ingestion-stack.ts';

export interface ContentStackProps extends StackProps, QueriedLake {
  readonly data: DataStack;
  readonly ingestion: IngestionStack;
  readonly config: ContentConfig;
  readonly shops: Readonly<Record<string, ShopConfig>>;
}

/** All calls of a product, its locales and attempts; Lambda runs no longer. */
const TIMEOUT = Duration.minutes(15);

/** Products that are drafted at once because they were bought: a roll-out has its own measure. */
const AT_ONCE = 2;

/** The language model of the checks and a text or two: half of a processor is enough. */
const MEMORY_MB = 1024;

/** From facts of products to texts that messages carry: drafted, checked, and approved. */
export class ContentStack extends Stack {
  constructor(scope: Construct, id: string, context: StageContext, props: ContentStackProps) {
    super(scope, id, props);
    const { modelId, foundationModelArns } = chosenModel(props.config);
    const models = [...arnsOfModel(this, modelId), ...foundationModelArns];
    const draft = this.addDraftContent(context, props, models);
    if (props.config.onDemand.enabled) this.draftWhatIsBought(draft, props);
    new ContentRollOut(this, 'RollOut', { ...props, context, draft, models });
  }

  private addDraftContent(
    context: StageContext,
    { data: { key, tables }, ingestion, config }: ContentStackProps,
    models: readonly string[],
  ): Function {
    const guardrail = this.addGuardrail(key, config);
    const draft = new ContractFunction(this, 'DraftContent', {
      contract: draftContentContract,
      context,
      key,
      timeout: TIMEOUT,
      memoryMb: MEMORY_MB,
      uses: {
        CATALOGUE_TABLE_NAME: useOfTable(tables.catalogue, 'BatchGetItem', 'UpdateItem'),
        CONTENT_TABLE_NAME: useOfTable(
          tables.content,
          'BatchGetItem',
          'DeleteItem',
          'GetItem',
          'PutItem',
        ),
        COUNTERS_TABLE_NAME: useOfTable(tables.counters, 'UpdateItem'),
        EVENT_BUS_NAME: publishingTo(ingestion.bus),
        ...guardrail,
      },
    });
    draft.addToRolePolicy(
      new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [...models] }),
    );
    for (const arn of models.filter((each) => each.includes('*')))
      if (draft.role !== undefined)
        acknowledgeWildcard(
          draft.role,
          arn,
          'An inference profile leads to its model in any of its regions.',
        );
    return draft;
  }

  private addGuardrail(
    key: DataStack['key'],
    { guardrail: config }: ContentConfig,
  ): Readonly<Record<'GUARDRAIL_ID' | 'GUARDRAIL_VERSION', Use>> {
    if (config === undefined)
      return { GUARDRAIL_ID: useOf('', []), GUARDRAIL_VERSION: useOf('', []) };
    const guardrail = new ContentGuardrail(this, 'Guardrail', { key, config });
    return {
      GUARDRAIL_ID: useOf(
        guardrail.guardrailId,
        [guardrail.guardrailArn],
        'bedrock:ApplyGuardrail',
      ),
      // Bedrock user guide, "Guardrails encryption": whoever applies one decrypts it through Bedrock.
      GUARDRAIL_VERSION: useOf(guardrail.version, [key.keyArn], 'kms:Decrypt'),
    };
  }

  /** The order goes its way meanwhile: what is written in time is in its next message. */
  private draftWhatIsBought(
    draft: Function,
    { data: { key, alarms }, ingestion }: ContentStackProps,
  ): void {
    const bought = new WorkedQueue(this, 'Bought', {
      key,
      alarms,
      workerTimeout: TIMEOUT,
      dead: {
        impact: 'Products that were bought have no texts: their messages have the plain blocks.',
        runbook: 'Texts are not drafted',
      },
      late: {
        impact: 'Texts of products that were bought come late: messages have the plain blocks.',
        runbook: 'Texts are drafted late',
        minutes: 24 * 60,
      },
    });
    bought.workedBy(draft, AT_ONCE, 1);
    const rule = new Rule(this, 'ToBought', {
      eventBus: ingestion.bus,
      eventPattern: {
        source: [AFTERGLOW_SOURCE],
        detailType: ['OrderChanged'],
        detail: { change: ['OrderPlaced', 'OrderAmended'] },
      },
    });
    bought.fedBy(rule);
  }
}
