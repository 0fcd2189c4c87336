import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Assembly } from '#rehearsal/assembly/assembly.ts';
import { type Cloud, resolveCloud } from '#rehearsal/assembly/cloud.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import type { FaultInjector } from '#rehearsal/faults.ts';
import { AsyncInvocations } from '#rehearsal/services/async-invocations.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { EventBus } from '#rehearsal/services/event-bus.ts';
import { Lambdas } from '#rehearsal/services/lambdas.ts';
import { Queues } from '#rehearsal/services/queues.ts';

export interface ResourceTemplate {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

export type Resources = Readonly<Record<string, ResourceTemplate>>;

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const START_MS = Date.parse('2026-03-02T08:00:00.000Z');
export const MINUTE_MS = 60_000;

export const getAtt = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
export const ref = (id: string) => ({ Ref: id });
export const arnOf = (service: string, path: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${path}`;

/** An assembly of one stack, `App`. */
export const assemblyOf = (
  Resources: Resources,
  assets: ReadonlyMap<string, string> = new Map(),
): Assembly => ({
  stacks: [{ name: 'App', account: ACCOUNT, region: REGION, template: { Resources, Outputs: {} } }],
  assets,
});

export const cloudOf = (resources: Resources): Cloud =>
  resolveCloud(assemblyOf(resources), 'http://127.0.0.1:9');

/** What a role may do: actions, and the resource as a template says it. */
export type Grants = readonly (readonly [action: string, resource: unknown])[];

export const roleOf = (id: string, grants: Grants): Resources => ({
  [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: {} },
  [`${id}Policy`]: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [ref(`${id}Role`)],
      PolicyDocument: {
        Statement: [...grants, ['none:Nothing', '*'] as const].map(([Action, Resource]) => ({
          Effect: 'Allow',
          Action,
          Resource,
        })),
      },
    },
  },
});

export const functionOf = (
  id: string,
  grants: Grants = [],
  Variables: Readonly<Record<string, unknown>> = {},
): Resources => ({
  ...roleOf(id, [
    ['logs:CreateLogStream', getAtt(`${id}Logs`)],
    ['logs:PutLogEvents', getAtt(`${id}Logs`)],
    ...grants,
  ]),
  [`${id}Logs`]: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  [id]: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: getAtt(`${id}Role`),
      Handler: 'index.handler',
      Code: { S3Key: `${id}.zip` },
      LoggingConfig: { LogGroup: ref(`${id}Logs`) },
      Environment: { Variables },
    },
  },
});

export interface ServicesOfAStage {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
  readonly queues: Queues;
  readonly invocations: AsyncInvocations;
  readonly bus: EventBus;
  /** What a function printed, a line each. */
  readonly printed: (id: string) => readonly string[];
}

/** The services of hand-made templates; the functions' modules by their ids. They end with the test. */
export const servicesOf = (
  resources: Resources,
  modules: Readonly<Record<string, string>> = {},
  endpoint = 'http://127.0.0.1:9',
  faults?: FaultInjector,
): ServicesOfAStage => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const assets = new Map(
    Object.entries(modules).map(([id, text]) => {
      mkdirSync(join(dir, id));
      writeFileSync(join(dir, id, 'index.mjs'), text);
      return [`${id}.zip`, join(dir, id)] as const;
    }),
  );
  const cloud = resolveCloud(assemblyOf(resources, assets), endpoint);
  const clock = new VirtualClock(START_MS);
  const authorizer = new Authorizer(cloud);
  const lambdas = new Lambdas({ cloud, clock, authorizer, assets, endpoint, logDir: dir });
  const queues = new Queues({ cloud, clock, authorizer, lambdas });
  const invocations = new AsyncInvocations({ cloud, clock, authorizer, lambdas, queues });
  const bus = new EventBus({ cloud, clock, authorizer, lambdas, queues, invocations, faults });
  onTestFinished(() => lambdas.stop());
  const printed = (id: string) => {
    lambdas.writeLogs();
    return readFileSync(join(dir, `${id}.log`), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  };
  return { cloud, clock, authorizer, lambdas, queues, invocations, bus, printed };
};

/** Minutes from the start at which a function printed, when it prints instants. */
export const minutesOf = (instants: readonly string[]): readonly number[] =>
  instants.map((at) => (Date.parse(at) - START_MS) / MINUTE_MS);

/** The code and message of the AWS error that something ends with. */
export const awsErrorOf = async (act: () => unknown): Promise<string> => {
  try {
    await act();
  } catch (error) {
    const { code, message } = Object(error);
    return `${code}: ${message}`;
  }
  return 'no error';
};
