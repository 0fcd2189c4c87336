import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { DraftOutcome } from '#core/content/draft-outcome.ts';
import type { ProductDraftRequest } from '#core/content/draft-product.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { openDrafting } from '#core/runtime/drafting.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { content } from '#core/runtime/shops.ts';
import { handleEach } from '#core/runtime/sqs-batch.ts';
import { boughtEvent, draftContentContract, draftInput } from './contract.ts';
import { draftContent } from './draft-content.ts';

const env = readEnv(draftContentContract);
const serviceName = draftContentContract.name;
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });

const rules = content ?? notConfigured();
const { draft, toDraft } = openDrafting(env, rules);

const drafted = async (request: ProductDraftRequest): Promise<DraftOutcome> => {
  const outcome = await draft(request);
  const { texts, facts, ...spent } = outcome;
  // Most of what is bought has its texts: there is nothing to tell of it.
  if (spent.calls === 0 && spent.stopped === undefined) return outcome;
  const kept = texts.filter(({ version }) => version !== undefined);
  const refused = kept.filter((each) => each.outcome === 'refused').length;
  metrics.addMetric(names.textsDrafted, MetricUnit.Count, kept.length - refused);
  metrics.addMetric(names.textsRefused, MetricUnit.Count, refused);
  metrics.addMetric(names.draftTokens, MetricUnit.Count, spent.inputTokens + spent.outputTokens);
  metrics.addMetric(names.draftUsd, MetricUnit.NoUnit, spent.usd);
  if (outcome.stopped === 'over-budget')
    metrics.addMetric(names.draftsOverBudget, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
  logger.info('product drafted', { ...spent, texts: kept.length, refused, facts: facts.length });
  return outcome;
};

const draftBought = draftContent({
  draft: drafted,
  toDraft,
  monthlyBudgetUsd: rules.onDemand.monthlyBudgetUsd,
});

const handleBought = handleEach(logger, ({ body }) =>
  draftBought(boughtEvent.parse(JSON.parse(body))),
);

/** Called with batches of the queue of what was bought, and by roll-out-content with one product. */
export const handler = async (
  event: SQSEvent | object,
): Promise<SQSBatchResponse | DraftOutcome> =>
  'Records' in event ? handleBought(event) : drafted(draftInput.parse(event));

function notConfigured(): never {
  throw new Error(
    'draft-content: afterglow.config.ts has no `content`, by which texts are drafted',
  );
}
