import { describe, expect, test } from 'vitest';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import {
  assemblyDir,
  changed,
  cloud,
  deniedAlone,
  firstOf,
  groups,
  HALF,
  isOf,
  labelOf,
  statements,
  type Template,
  timeout,
  withoutStatements,
} from './grants-left-out.ts';
import { notInTheStory } from './grants-not-needed.ts';
import { isOfJobs } from './grants-of-jobs.ts';
import { story } from './grants-story.ts';
import { deniedIn, rehearsed } from './rehearsed.ts';

/** `DecideTouch dynamodb:GetItem Touches`, `ScoreCustomers s3:GetObject lake/sessions/*` */
const inShort = (grant: string): string =>
  grant
    .replace(
      /^(\w+?)Role\w*\[\d+\] (\S+) on .*-(\w+)[0-9A-Fa-f]{8}(\/\S+)?$/,
      (_, role, action, resource, path = '') => `${role} ${action} ${resource}${path}`,
    )
    .replace(/^(\w+?)Policy\w*\[\d+\] (\S+) on .*\/(\w+):\*$/, '$1 $2 $3');

describe('a story', () => {
  test('needs every grant of every role but those that it cannot', { timeout }, async () => {
    const { denials, unusedGrants } = await rehearsed({ assemblyDir, ...story });

    expect(denials).toEqual([]);
    const inShorts = unusedGrants.filter((grant) => !isOfJobs(grant)).map(inShort);
    expect(inShorts.toSorted()).toEqual(notInTheStory.toSorted());
  });
});

/** Without their rights the story ends: nothing takes what they fail of. */
const ROTATION = 'Pages/RotateLinkKeys';
const PRIORS = 'OfferPriors/PriorsFitOfferPriors';

/** A job takes a hundred records, which no story of a few products has: roll-out-batch.test.ts does. */
const OF_JOBS = ['Content/RollOutBatch', 'Content/RollOutCollectDrafts'];

/** It reads what lies beside it. */
const HAS_NO_RIGHTS = ['Confirmation/ServeComponent'];

describe('without one statement of each of these roles', { timeout }, () => {
  test('there is one of every role to leave out', () => {
    const all = groups.flatMap(([, group]) => group);

    expect([...all, ROTATION, PRIORS, ...OF_JOBS, ...HAS_NO_RIGHTS].toSorted()).toEqual(
      cloud.ofType('AWS::IAM::Role').map(labelOf).toSorted(),
    );
    expect([...firstOf.keys()].toSorted()).toEqual(
      [...all, ROTATION, PRIORS, ...OF_JOBS].toSorted(),
    );
  });

  deniedAlone(groups.slice(0, HALF));

  test.concurrent.each(['logs', 'xray'])('a function cannot start without %s', async (service) => {
    const leftOut = statements.filter(isOf(service)).slice(0, 1);
    const lacking = { ...story, assemblyDir: withoutStatements(leftOut) };

    const denials = await deniedIn(lacking, [leftOut[0]?.role ?? '']);

    expect(denials[0]).toMatchObject({
      principal: leftOut[0]?.role,
      action: leftOut[0]?.actions[0],
    });
  });

  test.concurrent.each([
    ['keys are not rotated', ROTATION, /RotateLinkKeys.* is not authorized .*secretsmanager:/],
    ['priors are not fitted', PRIORS, /FitOfferPriors.* failed for good/],
  ])('%s, which ends the story', async (_, role, message) => {
    const leftOut = [firstOf.get(role)].flatMap((each) => each ?? []);

    const broken = rehearsed({ ...story, assemblyDir: withoutStatements(leftOut) });

    await expect(broken).rejects.toThrow(message);
  });
});

/** By the beginning of its name in the template. */
const named = (type: string, start: string): Resource => {
  const found = cloud.ofType(type).find(({ logicalId }) => logicalId.startsWith(start));
  if (found === undefined) throw new Error(`the templates have no ${type} ${start}`);
  return found;
};

const withoutResources = (resources: readonly Resource[]): string =>
  changed(
    resources.map(({ stack, logicalId }) => [
      stack,
      ({ Resources = {} }) => delete Resources[logicalId],
    ]),
    assemblyDir,
  );

describe('without what a resource allows', { timeout }, () => {
  const queue = 'AWS::SQS::QueuePolicy';
  const topic = 'AWS::SNS::TopicPolicy';
  const permission = 'AWS::Lambda::Permission';

  test.concurrent.each([
    ['events', 'sqs:SendMessage', queue, 'IngressQueue'],
    ['events', 'lambda:InvokeFunction', permission, 'CallsOrderAccepted'],
    ['secretsmanager', 'lambda:InvokeFunction', permission, 'RotateLinkKeys'],
  ])('%s is denied %s by a missing %s of %s', async (service, action, type, start) => {
    const lacking = withoutResources([named(type, start)]);

    const denials = await deniedIn({ ...story, assemblyDir: lacking }, [
      `${service}.amazonaws.com`,
    ]);

    expect(denials[0]).toMatchObject({ principal: `${service}.amazonaws.com`, action });
  });

  test.concurrent('providers cannot tell anything, and the app cannot ask', async () => {
    const lacking = withoutResources([
      named(queue, 'FeedbackQueue'),
      named(topic, 'TextingEvents'),
      named(topic, 'TextingInbound'),
      named(permission, 'ApiGETinbox'),
    ]);

    const denials = await deniedIn({ ...story, assemblyDir: lacking }, [
      'events.amazonaws.com',
      'sms-voice.amazonaws.com',
      'apigateway.amazonaws.com',
    ]);

    const inWords = denials.map(({ principal, action, resource }) =>
      [principal.split('.')[0], action, resource.split(/[:-]/).at(-1)].join(' '),
    );
    expect(inWords.map((each) => each.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'events sqs:SendMessage FeedbackQueue',
      'sms-voice sns:Publish TextingEvents',
      'sms-voice sns:Publish TextingInbound',
      'apigateway lambda:InvokeFunction InboxServeInbox',
    ]);
  });

  const withoutSid = (sid: string): string => {
    const key = named('AWS::KMS::Key', 'Key');
    const without = ({ Resources = {} }: Template): void => {
      const policy = Object(Resources[key.logicalId]?.Properties['KeyPolicy']);
      policy.Statement = policy.Statement.filter((each: unknown) => Object(each).Sid !== sid);
    };
    return changed([[key.stack, without]], assemblyDir);
  };

  test.concurrent.each([
    ['ServicesThatSend', 'events.amazonaws.com'],
    ['Logs', 'logs.eu-central-1.amazonaws.com'],
  ])('by the key’s statement %s, %s is denied', async (sid, principal) => {
    const denials = await deniedIn({ ...story, assemblyDir: withoutSid(sid) }, [principal]);

    expect(denials[0]?.principal).toBe(principal);
    expect(denials[0]?.action).toMatch(/^kms:/);
  });

  test.concurrent('by the key’s statement ThroughTheStores, nothing begins', async () => {
    const broken = { ...story, assemblyDir: withoutSid('ThroughTheStores') };

    const { denials, summary } = await rehearsed(broken);

    expect(denials[0]?.action).toMatch(/^kms:/);
    expect(summary.orders).toBe(0);
  });
});
