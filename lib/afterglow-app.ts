import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { AfterglowConfig } from '#core/contracts/config.ts';
import type { Bundles } from '#lib/bundling/bundle-lambdas.ts';
import { touches } from '#touches/registry.ts';
import cdk from '../cdk.json' with { type: 'json' };
import { assertExperiments, assertKnownTouches } from './known-touches.ts';
import { ConfirmationStack } from './stacks/confirmation-stack.ts';
import { AffinityStack } from './stacks/affinity-stack.ts';
import { ContentStack } from './stacks/content-stack.ts';
import { ContactStack } from './stacks/contact-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EnrolmentStack } from './stacks/enrolment-stack.ts';
import { FeedbackStack } from './stacks/feedback-stack.ts';
import { IngestionStack } from './stacks/ingestion-stack.ts';
import { InsightStack } from './stacks/insight-stack.ts';
import { JourneysStack } from './stacks/journeys-stack.ts';
import { LakeStack } from './stacks/lake-stack.ts';
import { MessagingStack } from './stacks/messaging-stack.ts';
import { OfferPriorsStack } from './stacks/offer-priors-stack.ts';
import { PagesStack } from './stacks/pages-stack.ts';
import { PrivacyStack } from './stacks/privacy-stack.ts';
import { ScoresStack } from './stacks/scores-stack.ts';

export interface AfterglowAppProps extends AppProps {
  readonly config: AfterglowConfig;
  readonly bundles: Bundles;
  /** A key of `config.stages`. @default the context value `stage`, or else the first stage */
  readonly stage?: string;
}

/** The whole product for one stage, as stacks in the order in which an order flows through them. */
export class AfterglowApp extends App {
  constructor({ config, bundles, stage: chosen, ...props }: AfterglowAppProps) {
    // The command line gives these to a deployment; a rehearsal has to have the same.
    super({ context: cdk.context, ...props });
    const stage = chosen ?? this.stageOfContext(config);
    const stageConfig = config.stages[stage];
    if (stageConfig === undefined)
      throw new Error(
        `stage: got "${stage}", expected one of ${Object.keys(config.stages).join(', ')} (afterglow.config.ts)`,
      );
    assertKnownTouches(config.policy, Object.keys(touches));
    assertExperiments(config.experiments, touches, config.policy);
    const { account, region } = stageConfig;
    const env = { region, ...(account === undefined ? {} : { account }) };
    const context = { stage, config: stageConfig, bundles };
    const name = (part: string) => `Afterglow-${stage}-${part}`;

    const data = new DataStack(this, name('Data'), context, { env });
    const ingestion = new IngestionStack(this, name('Ingestion'), context, data, { env });
    const messaging = new MessagingStack(this, name('Messaging'), context, {
      env,
      data,
      ingestion,
      shops: config.shops,
    });
    const contact = new ContactStack(this, name('Contact'), context, {
      env,
      data,
      ingestion,
      messaging,
    });
    const journeys = new JourneysStack(this, name('Journeys'), context, {
      env,
      data,
      ingestion,
      contact,
    });
    new EnrolmentStack(this, name('Enrolment'), context, { env, data, ingestion, journeys });
    new FeedbackStack(this, name('Feedback'), context, { env, data, ingestion, messaging });
    const lake = new LakeStack(this, name('Lake'), context, { env, data, ingestion });
    const insight = new InsightStack(this, name('Insight'), context, { env, data, lake, config });
    const { scores } = config;
    new ScoresStack(this, name('Scores'), context, { env, data, lake, insight, config: scores });
    const learning = { env, data, lake, insight, config: config.affinity };
    new AffinityStack(this, name('Affinity'), context, learning);
    new PagesStack(this, name('Pages'), context, { env, data, ingestion });
    const { shops, content } = config;
    const drafting = { env, data, ingestion, lake, insight, shops };
    if (content !== undefined)
      new ContentStack(this, name('Content'), context, { ...drafting, config: content });
    new ConfirmationStack(this, name('Confirmation'), context, { env, data, ingestion, shops });
    new OfferPriorsStack(this, name('OfferPriors'), context, { env, data });
    new PrivacyStack(this, name('Privacy'), context, { env, data, ingestion });

    Tags.of(this).add('product', 'afterglow');
    Tags.of(this).add('stage', stage);
    Validations.of(this).addPlugins(new AwsSolutionsChecks(this));
  }

  private stageOfContext({ stages }: AfterglowConfig): string {
    const fromContext: unknown = this.node.tryGetContext('stage');
    return typeof fromContext === 'string' ? fromContext : (Object.keys(stages)[0] ?? '');
  }
}
