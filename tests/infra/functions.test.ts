import { describe, expect, test } from 'vitest';
import { functionNames } from '#lib/bundling/bundle-lambdas.ts';
import type { Resource } from '#rehearsal/assembly/cloud.ts';
import { constructOf, synthesized } from './synthesized.ts';

const { cloud, stage } = synthesized('dev');
const functions = cloud.ofType('AWS::Lambda::Function');
const [key] = cloud.ofType('AWS::KMS::Key');

const logGroupOf = ({ properties }: Resource) =>
  cloud
    .ofType('AWS::Logs::LogGroup')
    .find(({ ref }) => ref === Object(properties['LoggingConfig']).LogGroup);

const mappingOf = ({ name }: Resource) =>
  cloud
    .ofType('AWS::Lambda::EventSourceMapping')
    .find(({ properties }) => properties['FunctionName'] === name);

const rulesTo = ({ arn }: Resource) =>
  cloud
    .ofType('AWS::Events::Rule')
    .flatMap(({ properties: { Targets } }) => (Array.isArray(Targets) ? Targets : []))
    .map((target) => Object(target))
    .filter((target) => target.Arn === arn);

const failureDestinationOf = ({ name }: Resource): unknown => {
  const config = cloud
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find(({ properties }) => properties['FunctionName'] === name);
  return Object(Object(config?.properties['DestinationConfig']).OnFailure).Destination;
};

const isCalledByJourney = ({ arn }: Resource): boolean =>
  cloud
    .ofType('AWS::StepFunctions::StateMachine')
    .some(({ properties }) =>
      Object.values(Object(properties['DefinitionSubstitutions'])).includes(arn),
    );

/** Of the API, whose caller gets the error, or Secrets Manager, which tries again: an alarm rings in any case. */
const isCalledFromOutside = ({ arn }: Resource): boolean =>
  cloud
    .ofType('AWS::Lambda::Permission')
    .some(
      ({ properties: { FunctionName, Principal } }) =>
        FunctionName === arn && Principal !== 'events.amazonaws.com',
    );

/** By a schedule of the stacks, again and again: the next run does what this one left. */
const isCalledAgain = ({ arn }: Resource): boolean =>
  cloud
    .ofType('AWS::Scheduler::Schedule')
    .some(({ properties }) => Object(properties['Target']).Arn === arn);

describe('a function', () => {
  test('is there for every bundle, and says which it is', () => {
    expect(functions.map(({ properties }) => String(properties['Description'])).toSorted()).toEqual(
      functionNames.map((name) => `Afterglow dev: ${name}`).toSorted(),
    );
  });

  test.each(functions)('$logicalId runs on Node 24 and Graviton', ({ properties }) => {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  test.each(functions)('$logicalId is traced', ({ properties }) => {
    expect(properties['TracingConfig']).toEqual({ Mode: 'Active' });
  });

  test('has a role of its own, which no other principal can assume', () => {
    const roles = functions.map(({ properties }) => String(properties['Role']));

    expect(new Set(roles).size).toBe(functions.length);
    for (const role of roles)
      expect(cloud.byArn(role).properties['AssumeRolePolicyDocument']).toMatchObject({
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
      });
  });

  test.each(functions)('$logicalId logs for as long as the stage says, encrypted', (each) => {
    expect(logGroupOf(each)?.properties).toMatchObject({
      RetentionInDays: stage.logDays,
      KmsKeyId: key?.arn,
    });
  });

  test('logs to a group of its own', () => {
    const groups = functions.map((each) => logGroupOf(each)?.logicalId);

    expect(new Set(groups).size).toBe(functions.length);
  });

  test.each(functions)('$logicalId loses nothing when it fails', (each) => {
    const mapping = mappingOf(each);
    const queue =
      mapping === undefined ? undefined : cloud.byArn(String(mapping.properties['EventSourceArn']));
    const isRetriedFromQueue = queue?.properties['RedrivePolicy'] !== undefined;
    const isKeptByDestination = typeof failureDestinationOf(each) === 'string';

    expect([
      isRetriedFromQueue,
      isKeptByDestination,
      isCalledByJourney(each),
      isCalledFromOutside(each),
      isCalledAgain(each),
    ]).toContain(true);
  });

  test('that the bus calls keeps what it could not do, as does the rule that could not call it', () => {
    const called = functions.filter((each) => rulesTo(each).length > 0);

    expect(called.map(constructOf)).toEqual(['DecideTouch', 'EnrolStage', 'EraseCustomer']);
    for (const each of called)
      for (const target of rulesTo(each)) {
        const destination = failureDestinationOf(each);
        expect(cloud.byArn(String(destination)).type).toBe('AWS::SQS::Queue');
        expect(target.DeadLetterConfig).toEqual({ Arn: destination });
      }
  });
});

describe('a mapping from a queue', () => {
  const concurrencyOf = (from: ReturnType<typeof synthesized>) =>
    Object.fromEntries(
      from.cloud
        .ofType('AWS::Lambda::EventSourceMapping')
        .map((each) => [
          constructOf(each),
          Object(each.properties['ScalingConfig']).MaximumConcurrency,
        ]),
    );

  test.each(['dev', 'prod'])('in %s runs as many at once as the stage says', (name) => {
    const deployed = synthesized(name);

    expect(concurrencyOf(deployed)).toEqual({
      IngressMapping: deployed.stage.ingestConcurrency,
      EmailMapping: deployed.stage.emailConcurrency,
      // Lambda's least: so few share the rate of the provider.
      ...(deployed.stage.sms === undefined ? {} : { SmsMapping: 2 }),
      ...(deployed.stage.push === undefined ? {} : { PushMapping: 2 }),
      InboxMapping: 5,
      InsertsMapping: 5,
      AudienceMapping: 5,
      FeedbackMapping: 10,
      FactsMapping: 5,
      BoughtMapping: 2,
    });
  });

  test('lets messages fail one by one', () => {
    const types = cloud
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ properties }) => properties['FunctionResponseTypes']);

    expect(types).toEqual(Array.from({ length: 10 }, () => ['ReportBatchItemFailures']));
  });
});
