import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import config from '#config';
import { stageConfig } from '#core/contracts/config.ts';
import { AfterglowApp, type AfterglowAppProps } from '#lib/afterglow-app.ts';
import { standInBundles, temporaryFolder } from './synthesized.ts';

const bundles = standInBundles(temporaryFolder());

const appOf = (props: Partial<AfterglowAppProps> = {}): AfterglowApp =>
  new AfterglowApp({ config, bundles, outdir: temporaryFolder(), ...props });

const stackNames = (app: AfterglowApp): readonly string[] =>
  app.node.children.filter((child) => Stack.isStack(child)).map((stack) => stack.stackName);

const parts = [
  'Data',
  'Ingestion',
  'Messaging',
  'Contact',
  'Journeys',
  'Enrolment',
  'Feedback',
  'Lake',
  'Insight',
  'Scores',
  'Affinity',
  'Pages',
  'Content',
  'Confirmation',
  'OfferPriors',
  'Privacy',
];

describe('the stage', () => {
  test('is the first of the configuration when nothing is said', () => {
    const [first] = Object.keys(config.stages);

    const app = appOf();

    expect(stackNames(app)).toEqual(parts.map((part) => `Afterglow-${first}-${part}`));
  });

  test('is the one of the context, as `cdk deploy -c stage=prod` gives it', () => {
    const app = appOf({ context: { stage: 'prod' } });

    expect(stackNames(app)).toEqual(parts.map((part) => `Afterglow-prod-${part}`));
  });

  test('is the one that is asked for, whatever the context says', () => {
    const app = appOf({ stage: 'dev', context: { stage: 'prod' } });

    expect(stackNames(app)).toEqual(parts.map((part) => `Afterglow-dev-${part}`));
  });

  test('has no stack of texts where the configuration says nothing of them', () => {
    const { content: _, ...withoutTexts } = config;

    const app = appOf({ config: withoutTexts, stage: 'dev' });

    expect(stackNames(app)).toEqual(
      parts.filter((part) => part !== 'Content').map((part) => `Afterglow-dev-${part}`),
    );
    expect(() => app.synth()).not.toThrow();
  });

  test('that is unknown is refused with the stages there are', () => {
    const stages = Object.keys(config.stages).join(', ');

    expect(() => appOf({ stage: 'staging' })).toThrow(
      `stage: got "staging", expected one of ${stages} (afterglow.config.ts)`,
    );
  });

  test('decides account and region', () => {
    const far = stageConfig.parse({ account: '111122223333', region: 'ap-southeast-2' });

    const app = appOf({ config: { ...config, stages: { far } } });

    const places = app.node.children
      .filter((child) => Stack.isStack(child))
      .map(({ account, region }) => `${account}/${region}`);
    expect(new Set(places)).toEqual(new Set(['111122223333/ap-southeast-2']));
  });
});

/** cdk-nag's findings are errors of the synthesis: an app that synthesizes has none. */
describe('the checks of cdk-nag', () => {
  test('find nothing in the app as it is', () => {
    expect(() => appOf().synth()).not.toThrow();
  });

  test('would find a queue without encryption in transit', () => {
    const spoilt = appOf();
    new Queue(new Stack(spoilt, 'Afterthought'), 'Open');

    expect(() => spoilt.synth()).toThrow('AwsSolutions-SQS4');
  });
});
