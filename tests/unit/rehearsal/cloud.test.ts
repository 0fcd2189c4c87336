import { describe, expect, test } from 'vitest';
import type { Stack } from '#rehearsal/assembly/assembly.ts';
import { resolveCloud } from '#rehearsal/assembly/cloud.ts';
import { ACCOUNT, arnOf, assemblyOf, cloudOf, getAtt, ref, REGION } from './stage.ts';

const queue = { Type: 'AWS::SQS::Queue', Properties: {} };

const stack = (name: string, template: Partial<Stack['template']>): Stack => ({
  name,
  account: ACCOUNT,
  region: REGION,
  template: { Resources: {}, Outputs: {}, ...template },
});

describe('resolveCloud', () => {
  test('names a resource by stack and logical id, or as its template does', () => {
    const cloud = cloudOf({
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
      Queue: queue,
    });

    expect(cloud.ofType('AWS::Events::EventBus')[0]).toMatchObject({
      name: 'orders',
      ref: 'orders',
      arn: arnOf('events', 'event-bus/orders'),
    });
    expect(cloud.ofType('AWS::SQS::Queue')[0]).toMatchObject({
      stack: 'App',
      logicalId: 'Queue',
      name: 'App-Queue',
      ref: `http://127.0.0.1:9/${ACCOUNT}/App-Queue`,
      arn: arnOf('sqs', 'App-Queue'),
    });
  });

  test('names versions and aliases after their state machine', () => {
    const cloud = cloudOf({
      Live: {
        Type: 'AWS::StepFunctions::StateMachineAlias',
        Properties: {
          Name: 'live',
          RoutingConfiguration: [{ StateMachineVersionArn: getAtt('Version'), Weight: 100 }],
        },
      },
      Version: {
        Type: 'AWS::StepFunctions::StateMachineVersion',
        Properties: { StateMachineArn: ref('Journey') },
      },
      Journey: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { refs: [ref('Version'), ref('Live')] } },
    });

    const version = arnOf('states', 'stateMachine:App-Journey:1');
    const live = arnOf('states', 'stateMachine:App-Journey:live');
    expect(cloud.byArn(version).logicalId).toBe('Version');
    expect(cloud.byArn(live).logicalId).toBe('Live');
    expect(cloud.ofType('AWS::SNS::Topic')[0]?.properties['refs']).toEqual([version, live]);
  });

  test('knows schedules and their groups', () => {
    const cloud = cloudOf({
      Touches: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: {} },
      Nightly: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { GroupName: { Ref: 'Touches' } },
      },
      Weekly: { Type: 'AWS::Scheduler::Schedule', Properties: {} },
    });

    expect(cloud.ofType('AWS::Scheduler::ScheduleGroup')[0]).toMatchObject({
      ref: 'App-Touches',
      arn: arnOf('scheduler', 'schedule-group/App-Touches'),
    });
    expect(cloud.ofType('AWS::Scheduler::Schedule').map(({ arn }) => arn)).toEqual([
      arnOf('scheduler', 'schedule/App-Touches/App-Nightly'),
      arnOf('scheduler', 'schedule/default/App-Weekly'),
    ]);
  });

  test('resolves references between resources, whichever comes first', () => {
    const cloud = cloudOf({
      Source: { ...queue, Properties: { RedrivePolicy: { deadLetterTargetArn: getAtt('Dead') } } },
      Dead: queue,
    });

    expect(cloud.ofType('AWS::SQS::Queue')[0]?.properties).toEqual({
      RedrivePolicy: { deadLetterTargetArn: arnOf('sqs', 'App-Dead') },
    });
  });

  test('resolves what another stack exports', () => {
    const first = stack('First', {
      Resources: { Queue: queue },
      Outputs: { Out: { Value: getAtt('Queue'), Export: { Name: 'First:Queue' } } },
    });
    const second = stack('Second', {
      Resources: {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: { 'Fn::ImportValue': 'First:Queue' } },
        },
      },
    });

    const cloud = resolveCloud({ stacks: [first, second], assets: new Map() }, '');

    expect(cloud.ofType('AWS::Lambda::EventSourceMapping')[0]?.properties).toEqual({
      EventSourceArn: arnOf('sqs', 'First-Queue'),
    });
  });

  test('resolves what CloudFormation itself knows', () => {
    const cloud = cloudOf({
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          of: {
            'Fn::Join': [
              '/',
              ['AccountId', 'Region', 'Partition', 'URLSuffix', 'StackName'].map((name) =>
                ref(`AWS::${name}`),
              ),
            ],
          },
        },
      },
    });

    expect(cloud.ofType('AWS::SNS::Topic')[0]?.properties['of']).toBe(
      `${ACCOUNT}/${REGION}/aws/amazonaws.com/App`,
    );
  });

  test('finds a resource by its ARN, and says when there is none', () => {
    const cloud = cloudOf({ Queue: queue });

    expect(cloud.byArn(arnOf('sqs', 'App-Queue')).logicalId).toBe('Queue');
    expect(() => cloud.byArn('arn:aws:sqs:::other')).toThrow('arn:aws:sqs:::other');
  });

  test('takes an assembly of the CDK command line, which adds a resource that makes nothing', () => {
    const metadata = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:' } };

    const cloud = cloudOf({ CDKMetadata: metadata, Queue: queue });

    expect(cloud.ofType('AWS::SQS::Queue')).toHaveLength(1);
  });

  test('refuses a type that is not modelled, naming stack and resource', () => {
    expect(() =>
      cloudOf({ Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} } }),
    ).toThrow('App/Cache: the rehearsal does not model AWS::ElastiCache::ReplicationGroup');
  });

  test('refuses an attribute that is not modelled, naming it', () => {
    const cloud = {
      Queue: queue,
      Other: { ...queue, Properties: { a: getAtt('Queue', 'Color') } },
    };

    expect(() => cloudOf(cloud)).toThrow('App/Queue: attribute Color is not modelled');
  });

  test('refuses a reference to nothing', () => {
    expect(() => cloudOf({ Queue: { ...queue, Properties: { a: ref('Nothing') } } })).toThrow(
      'App/Nothing',
    );
  });

  test('refuses an import that no stack before exports', () => {
    const importing = { ...queue, Properties: { a: { 'Fn::ImportValue': 'Elsewhere' } } };

    expect(() => cloudOf({ Queue: importing })).toThrow(
      'App: no stack before it exports Elsewhere',
    );
  });

  test('refuses an assembly without stacks', () => {
    expect(() => resolveCloud({ ...assemblyOf({}), stacks: [] }, '')).toThrow('no stacks');
  });
});
