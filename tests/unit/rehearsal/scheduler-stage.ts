import { Scheduler } from '#rehearsal/services/scheduler.ts';
import {
  ACCOUNT,
  arnOf,
  functionOf,
  getAtt,
  type Grants,
  minutesOf,
  ref,
  type Resources,
  type ResourceTemplate,
  roleOf,
  servicesOf,
} from './stage.ts';

const planner = { arn: `arn:aws:iam::${ACCOUNT}:role/App-PlannerRole` };
export const HANDOVER = arnOf('lambda', 'function:App-Handover');
export const TARGET_ROLE = `arn:aws:iam::${ACCOUNT}:role/App-TargetRole`;
const ALL_TOUCHES = arnOf('scheduler', 'schedule/touches/*');

export const role = (trust: object = {}): ResourceTemplate => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'scheduler.amazonaws.com' },
        ...trust,
      },
    },
  },
});

export const passing = (service: string): ResourceTemplate => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    Roles: [ref('PlannerRole')],
    PolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: getAtt('TargetRole'),
        Condition: { StringEquals: { 'iam:PassedToService': service } },
      },
    },
  },
});

export const targetOf = (grants: Grants): Resources => ({
  ...roleOf('Target', grants),
  TargetRole: role(),
});

/** A group `touches`, a role that plans in it, and a function whose failures go to the queue `Failed`. */
export const template: Resources = {
  ...functionOf('Handover', [['sqs:SendMessage', getAtt('Failed')]]),
  ...roleOf('Planner', [
    ['scheduler:CreateSchedule', ALL_TOUCHES],
    ['scheduler:CreateSchedule', arnOf('scheduler', 'schedule/default/*')],
    ['scheduler:DeleteSchedule', ALL_TOUCHES],
    ['scheduler:GetSchedule', ALL_TOUCHES],
  ]),
  PlannerPasses: passing('scheduler.amazonaws.com'),
  ...targetOf([
    ['lambda:InvokeFunction', getAtt('Handover')],
    ['sqs:SendMessage', getAtt('NotInvoked')],
  ]),
  Touches: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'touches' } },
  Invoke: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref('Handover'),
      DestinationConfig: { OnFailure: { Destination: getAtt('Failed') } },
    },
  },
  Failed: { Type: 'AWS::SQS::Queue', Properties: {} },
  NotInvoked: { Type: 'AWS::SQS::Queue', Properties: {} },
};

const handover = `export const handler = (event) => {
  console.log(new Date().toISOString(), JSON.stringify(event));
  if (event.fail) throw new TypeError('no touch');
};`;

export const target = { Arn: HANDOVER, RoleArn: TARGET_ROLE, Input: '{"touchId":"1"}' };

/** In an hour from the start. */
export const request = {
  Name: 'touch-1',
  GroupName: 'touches',
  ScheduleExpression: 'at(2026-03-02T09:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: target,
} as const;

/** The scheduler of a template, whose function prints when and with what it was invoked. */
export const stage = (resources: Resources = template, hiccup: () => boolean = () => false) => {
  const services = servicesOf(resources, { Handover: handover });
  const scheduler = new Scheduler({ ...services, hiccup });
  const call = (operation: string, input: object, principal = planner) =>
    scheduler.service({ principal, operation, input: { ...input } });
  const create = (more: object = {}, principal = planner) =>
    call('CreateSchedule', { ...request, ...more }, principal);
  const calls = () =>
    services.printed('Handover').map((line) => {
      const [, at = '', event = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      return { at, event: JSON.parse(event) };
    });
  const firedAfter = () => minutesOf(calls().map(({ at }) => at));
  return { ...services, scheduler, call, create, calls, firedAfter };
};
