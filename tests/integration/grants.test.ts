import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Resource, resolveCloud } from '#rehearsal/assembly/cloud.ts';
import { fitsGlob } from '#rehearsal/iam/glob.ts';
import { notInTheStory } from './grants-not-needed.ts';
import { isOfJobs } from './grants-of-jobs.ts';
import { story } from './grants-story.ts';
import { assembly, deniedIn, rehearsed, temporaryFolder } from './rehearsed.ts';

/** Several rehearsals at once take turns. */
const timeout = 600_000;

type Template = Record<string, Record<string, { Properties: Record<string, unknown> }>>;

/** An assembly with one template changed; all else is linked to. */
const changed = (stack: string, change: (template: Template) => void, from: string): string => {
  const dir = temporaryFolder();
  const file = `${stack}.template.json`;
  for (const name of readdirSync(from))
    if (name !== file) symlinkSync(join(from, name), join(dir, name));
  const template: Template = JSON.parse(readFileSync(join(from, file), 'utf8'));
  change(template);
  writeFileSync(join(dir, file), JSON.stringify(template));
  return dir;
};

/** One night is like the other: what is learnt every night or some hours is learnt every other week. */
const assemblyDir = ['Affinity', 'OfferPriors'].reduce(
  (dir, part) =>
    changed(
      `Afterglow-dev-${part}`,
      ({ Resources = {} }) => {
        for (const { Properties } of Object.values(Resources))
          if ('ScheduleExpression' in Object(Properties))
            Properties['ScheduleExpression'] = 'rate(13 days)';
      },
      dir,
    ),
  await assembly(),
);
const cloud = resolveCloud(readAssembly(assemblyDir), 'http://127.0.0.1:9');

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

const listOf = (value: unknown): readonly string[] => [value].flat().map(String);

interface LeftOut {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly stack: string;
  readonly logicalId: string;
  readonly index: number;
}

const statements: readonly LeftOut[] = cloud.ofType('AWS::IAM::Policy').flatMap((policy) => {
  const [role = ''] = listOf(policy.properties['Roles']);
  const all: readonly unknown[] = Object(policy.properties['PolicyDocument']).Statement;
  const { stack, logicalId } = policy;
  return all.map((statement, index) => {
    const { Action, Resource } = Object(statement);
    return { role, actions: listOf(Action), resources: listOf(Resource), stack, logicalId, index };
  });
});

const isOf =
  (...services: readonly string[]) =>
  ({ actions }: LeftOut): boolean =>
    actions.every((action) => services.includes(action.split(':')[0] ?? ''));

const isForPlatform = isOf('logs', 'xray');

/** `Messaging/DeliverEmail` */
const labelOf = ({ stack, logicalId }: Resource): string =>
  `${stack.split('-').at(-1)}/${logicalId.replace(/Role[0-9A-F]{8}$/, '')}`;

/** The first thing that a role does for itself. */
const firstOf = new Map(
  cloud.ofType('AWS::IAM::Role').flatMap((role) => {
    const own = statements.filter((each) => each.role === role.name && !isForPlatform(each));
    return own.slice(0, 1).map((statement) => [labelOf(role), statement] as const);
  }),
);

const withoutStatements = (leftOut: readonly LeftOut[]): string =>
  leftOut.reduce(
    (dir, { stack, logicalId, index }) =>
      changed(
        stack,
        ({ Resources = {} }) => {
          const { Statement } = Object(Resources[logicalId]?.Properties['PolicyDocument']);
          if (Statement.length === 1) delete Resources[logicalId];
          else Statement.splice(index, 1);
        },
        dir,
      ),
    assemblyDir,
  );

/** Roles that do their work whether the others of their group do theirs or not: one story tells of all of them. */
const groups = [
  ['Ingestion/IngestEvent'],
  ['Enrolment/EnrolStage'],
  ['Enrolment/CallsScheduler'],
  ['Contact/DecideTouch'],
  ['Journeys/Fulfilment'],
  ['Journeys/AwaitMilestone'],
  ['Journeys/Onboarding'],
  ['Lake/Stream'],
  [
    'Journeys/Advocacy',
    'Contact/CallsScheduler',
    'Privacy/CallsScheduler',
    'Scores/Scheduler',
    'Affinity/AffinityScheduler',
    'OfferPriors/PriorsScheduler',
    'Confirmation/OpenSession',
    'Content/DraftContent',
  ],
  [
    'Journeys/Repurchase',
    'Journeys/Notice',
    'Journeys/Support',
    'Lake/RecordFacts',
    'Privacy/EraseCustomer',
    'Scores/ScoreCustomers',
    'Affinity/LearnAffinity',
    'Confirmation/RecordInteraction',
    'Content/RollOutMachine',
  ],
  [
    'Messaging/DeliverEmail',
    'Feedback/RecordFeedback',
    'Journeys/RequestSupport',
    'Pages/InboxServeInbox',
    'Scores/FitScores',
    'Confirmation/CallsScheduler',
    'Content/RollOutPlanContent',
  ],
  [
    'Messaging/DeliverSms',
    'Messaging/DeliverPush',
    'Messaging/DeliverInbox',
    'Messaging/DeliverInsert',
    'Messaging/DeliverAudience',
    'Pages/ServePages',
    'Scores/LoadScores',
    'Affinity/LoadAffinity',
    'Confirmation/ExpireAcceptance',
    'Content/RollOutReportContent',
  ],
].map((group) => [group.join(', '), group] as const);

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

  test.concurrent.each(groups)('just that is denied: %s', async (_, group) => {
    const leftOut = group.flatMap((role) => firstOf.get(role) ?? []);
    const lacking = { ...story, assemblyDir: withoutStatements(leftOut) };

    const denials = await deniedIn(
      lacking,
      leftOut.map(({ role }) => role),
    );

    for (const { role, actions, resources } of leftOut)
      expect(denials).toContainEqual({
        principal: role,
        action: expect.toSatisfy((action) => actions.includes(action)),
        resource: expect.toSatisfy((resource) => fitsAny(resources, resource)),
        reason: 'no-grant',
      });
    expect(new Set(denials.map(({ principal }) => principal)).size).toBe(group.length);
  });

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

const fitsAny = (patterns: readonly string[], resource: string): boolean =>
  patterns.some((pattern) => fitsGlob(pattern, resource));

/** By the beginning of its name in the template. */
const named = (type: string, start: string): Resource => {
  const found = cloud.ofType(type).find(({ logicalId }) => logicalId.startsWith(start));
  if (found === undefined) throw new Error(`the templates have no ${type} ${start}`);
  return found;
};

const withoutResources = (resources: readonly Resource[]): string =>
  resources.reduce(
    (dir, { stack, logicalId }) =>
      changed(stack, ({ Resources = {} }) => delete Resources[logicalId], dir),
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
    return changed(key.stack, without, assemblyDir);
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
