import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Resource, resolveCloud } from '#rehearsal/assembly/cloud.ts';
import { fitsGlob } from '#rehearsal/iam/glob.ts';
import { story } from './grants-story.ts';
import { assembly, deniedIn, temporaryFolder } from './rehearsed.ts';

/** Several rehearsals at once take turns. */
export const timeout = 600_000;

export type Template = Record<string, Record<string, { Properties: Record<string, unknown> }>>;

/** What of a stack's template is otherwise. */
export type Change = readonly [stack: string, change: (template: Template) => void];

/** An assembly with some templates changed; all else is linked to. */
export const changed = (changes: readonly Change[], from: string): string => {
  const dir = temporaryFolder();
  const byFile = Map.groupBy(changes, ([stack]) => `${stack}.template.json`);
  for (const name of readdirSync(from)) {
    const own = byFile.get(name);
    if (own === undefined) symlinkSync(join(from, name), join(dir, name));
    else writeFileSync(join(dir, name), templateWith(own, join(from, name)));
  }
  return dir;
};

const templateWith = (changes: readonly Change[], file: string): string => {
  const template: Template = JSON.parse(readFileSync(file, 'utf8'));
  for (const [, change] of changes) change(template);
  return JSON.stringify(template);
};

/** One night is like the other: what is learnt every night or some hours is learnt every other week. */
export const assemblyDir = changed(
  ['Affinity', 'OfferPriors'].map((part) => [
    `Afterglow-dev-${part}`,
    ({ Resources = {} }) => {
      for (const { Properties } of Object.values(Resources))
        if ('ScheduleExpression' in Object(Properties))
          Properties['ScheduleExpression'] = 'rate(13 days)';
    },
  ]),
  await assembly(),
);
export const cloud = resolveCloud(readAssembly(assemblyDir), 'http://127.0.0.1:9');

const listOf = (value: unknown): readonly string[] => [value].flat().map(String);

interface LeftOut {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly stack: string;
  readonly logicalId: string;
  readonly index: number;
}

export const statements: readonly LeftOut[] = cloud.ofType('AWS::IAM::Policy').flatMap((policy) => {
  const [role = ''] = listOf(policy.properties['Roles']);
  const all: readonly unknown[] = Object(policy.properties['PolicyDocument']).Statement;
  const { stack, logicalId } = policy;
  return all.map((statement, index) => {
    const { Action, Resource } = Object(statement);
    return { role, actions: listOf(Action), resources: listOf(Resource), stack, logicalId, index };
  });
});

export const isOf =
  (...services: readonly string[]) =>
  ({ actions }: LeftOut): boolean =>
    actions.every((action) => services.includes(action.split(':')[0] ?? ''));

const isForPlatform = isOf('logs', 'xray');

/** `Messaging/DeliverEmail` */
export const labelOf = ({ stack, logicalId }: Resource): string =>
  `${stack.split('-').at(-1)}/${logicalId.replace(/Role[0-9A-F]{8}$/, '')}`;

/** The first thing that a role does for itself. */
export const firstOf = new Map(
  cloud.ofType('AWS::IAM::Role').flatMap((role) => {
    const own = statements.filter((each) => each.role === role.name && !isForPlatform(each));
    return own.slice(0, 1).map((statement) => [labelOf(role), statement] as const);
  }),
);

export const withoutStatements = (leftOut: readonly LeftOut[]): string =>
  changed(
    leftOut.map(({ stack, logicalId, index }) => [
      stack,
      ({ Resources = {} }) => {
        const { Statement } = Object(Resources[logicalId]?.Properties['PolicyDocument']);
        if (Statement.length === 1) delete Resources[logicalId];
        else Statement.splice(index, 1);
      },
    ]),
    assemblyDir,
  );

/** Roles that do their work whether the others of their group do theirs or not: one story tells of all of them. */
export const groups = [
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
    'Confirmation/RecordInteraction',
    'Content/RollOutMachine',
  ],
  [
    'Messaging/DeliverEmail',
    'Feedback/RecordFeedback',
    'Journeys/RequestSupport',
    'Pages/InboxServeInbox',
    'Scores/FitScores',
    'Affinity/LearnAffinity',
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

const fitsAny = (patterns: readonly string[], resource: string): boolean =>
  patterns.some((pattern) => fitsGlob(pattern, resource));

/** Half of the groups are one file's, so that a second core has the others. */
export const HALF = 6;

/** Of each group what it lacks is denied, and nothing else is. */
export const deniedAlone = (some: typeof groups): void => {
  test.concurrent.each(some)('just that is denied: %s', async (_, group) => {
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
};
