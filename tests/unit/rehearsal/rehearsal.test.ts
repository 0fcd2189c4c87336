import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { clearState } from '#rehearsal/clear-state.ts';
import { storedItems, writeState } from '#rehearsal/report/state-files.ts';
import { bootedWith, temporaryFolder } from './booted.ts';
import {
  arnOf,
  functionOf,
  getAtt,
  MINUTE_MS,
  ref,
  type Resources,
  roleOf,
  START_MS,
} from './stage.ts';

/** A bus whose events a function puts into a table, by hand-made templates and a hand-made bundle. */
const keeping: Resources = {
  ...functionOf('Keep', [], { BUS: ref('Bus') }),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { source: [{ prefix: 'oms.' }] },
      Targets: [{ Arn: getAtt('Keep') }],
    },
  },
  MayInvoke: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Keep'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
};

const keep = 'export const handler = ({ detail }) => console.log(Date.now(), detail.orderId);';

/** The same, where the function schedules itself, order 1 for nine and order 2 for ten. */
const scheduling: Resources = {
  ...keeping,
  ...functionOf(
    'Keep',
    [
      ['scheduler:CreateSchedule', arnOf('scheduler', 'schedule/default/*')],
      ['iam:PassRole', getAtt('LaterRole')],
    ],
    { KEEP: arnOf('lambda', 'function:App-Keep'), ROLE: getAtt('LaterRole') },
  ),
  ...roleOf('Later', [['lambda:InvokeFunction', getAtt('Keep')]]),
  LaterRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
        },
      },
    },
  },
};

const schedule = `export const handler = async ({ detail, orderId }) => {
  const now = new Date().toISOString();
  if (orderId !== undefined) return console.log(now.slice(11, 16), JSON.stringify({ orderId }));
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, KEEP, ROLE } = process.env;
  const hour = String(8 + Number(detail.orderId)).padStart(2, '0');
  await fetch(endpoint + '/schedules/order-' + detail.orderId, {
    method: 'POST',
    headers: { authorization: 'Credential=' + key + '/d/r/scheduler/aws4_request' },
    body: JSON.stringify({
      ScheduleExpression: 'at(2026-03-02T' + hour + ':00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: KEEP, RoleArn: ROLE, Input: JSON.stringify(detail) },
    }),
  });
};`;

const booted = (resources = keeping, bundle = keep) => bootedWith(resources, bundle, 'Keep');

const event = (minutes: number, detail: Readonly<Record<string, unknown>>): TimedEvent => ({
  atMs: START_MS + minutes * MINUTE_MS,
  source: 'oms.hearth',
  detailType: 'OrderPlaced',
  detail,
});

describe('a rehearsal', () => {
  test('puts every event on the bus when its time comes, and no earlier', async () => {
    const { rehearsal, printed } = await booted();
    rehearsal.schedule([event(90, { orderId: 'second' }), event(5, { orderId: 'first' })]);

    await rehearsal.run(START_MS + 60 * MINUTE_MS);
    const early = printed();
    await rehearsal.run(START_MS + 120 * MINUTE_MS);

    expect(early).toEqual([`${START_MS + 5 * MINUTE_MS} first`, '']);
    expect(printed()).toContain(`${START_MS + 90 * MINUTE_MS} second`);
    expect([rehearsal.eventsPut, rehearsal.clock.now()]).toEqual([2, START_MS + 120 * MINUTE_MS]);
  });

  test('tells how far it is, hour by hour', async () => {
    const { rehearsal } = await booted();
    const hours: number[] = [];

    await rehearsal.run(START_MS + 150 * MINUTE_MS, (nowMs) =>
      hours.push((nowMs - START_MS) / (60 * MINUTE_MS)),
    );

    expect(hours).toEqual([1, 2, 2.5]);
  });

  test('keeps what the bus refused, with the reason, and goes on', async () => {
    const { rehearsal, printed } = await booted();
    const huge = event(1, { orderId: 'huge', text: 'x'.repeat(1024 * 1024) });
    rehearsal.schedule([huge, event(2, { orderId: 'small' })]);

    await rehearsal.run(START_MS + 60 * MINUTE_MS);

    expect(rehearsal.refused).toEqual([
      { event: huge, because: expect.stringMatching(/^ValidationException: Total size/) },
    ]);
    expect(printed()[0]).toContain('small');
  });

  test('ends within the hour of the first denied call', async () => {
    const { MayInvoke: _, ...withoutPermission } = keeping;
    const { rehearsal } = await booted(withoutPermission);
    rehearsal.schedule([event(5, {}), event(600, {})]);

    await rehearsal.run(START_MS + 1200 * MINUTE_MS);

    expect(rehearsal.denials).toMatchObject([{ action: 'lambda:InvokeFunction' }]);
    expect([rehearsal.eventsPut, rehearsal.clock.now()]).toEqual([1, START_MS + 60 * MINUTE_MS]);
  });

  test('that lacks a grant to start is over before it begins', async () => {
    const { rehearsal } = await booted({ ...keeping, ...roleOf('Keep', []) });
    rehearsal.schedule([event(5, {})]);

    await rehearsal.run(START_MS + 60 * MINUTE_MS);

    expect(rehearsal.denials).toMatchObject([
      { principal: 'App-KeepRole', action: 'logs:CreateLogStream' },
    ]);
    expect(rehearsal.eventsPut).toBe(0);
  });

  test('of a bundle that does not load is refused with the bundle’s own words', async () => {
    await expect(booted(keeping, "throw new Error('no BUS');")).rejects.toThrow('no BUS');
  });

  test('of a resource that is not modelled is refused by name', async () => {
    const resources = { ...keeping, Cache: { Type: 'AWS::ElastiCache::User', Properties: {} } };

    await expect(booted(resources)).rejects.toThrow('App/Cache: the rehearsal does not model');
  });

  test('fires what its functions schedule, and knows what it has not fired yet', async () => {
    const { rehearsal, printed } = await booted(scheduling, schedule);
    rehearsal.schedule([event(5, { orderId: '1' }), event(50, { orderId: '2' })]);

    await rehearsal.run(START_MS + 70 * MINUTE_MS);

    expect(printed()).toEqual(['09:00 {"orderId":"1"}', '']);
    expect(rehearsal.scheduled).toEqual([
      {
        name: 'order-2',
        group: 'default',
        atMs: START_MS + 120 * MINUTE_MS,
        input: '{"orderId":"2"}',
      },
    ]);
    expect(rehearsal.denials).toEqual([]);
  });

  test('stops on an event that would be lost', async () => {
    const { rehearsal } = await booted(keeping, "export const handler = () => { throw 'no'; };");
    rehearsal.schedule([event(5, {})]);

    await expect(rehearsal.run(START_MS + 60 * MINUTE_MS)).rejects.toThrow('its event is lost');
  });
});

describe('the state that a rehearsal leaves', () => {
  const orders: Resources = {
    ...keeping,
    OrdersA1B2C3D4: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'order', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'order', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    ...roleOf('Writer', [['dynamodb:PutItem', getAtt('OrdersA1B2C3D4')]]),
  };

  test('gives the items of a key back, and those of no other', async () => {
    const { rehearsal, stateDir } = await booted(orders);
    for (const order of ['hearth#1', 'hearth#10', 'says hearth#1'])
      await rehearsal.tables.service({
        principal: { arn: 'arn:aws:iam::111122223333:role/App-WriterRole' },
        operation: 'PutItem',
        input: { TableName: 'App-OrdersA1B2C3D4', Item: { order: { S: order }, n: { N: '1' } } },
      });

    await writeState(rehearsal, stateDir);

    const key = { attribute: 'order', value: 'hearth#1' };
    expect(await storedItems(stateDir, 'Orders', key)).toEqual([
      { order: { S: 'hearth#1' }, n: { N: '1' } },
    ]);
  });

  test('is cleared before the next', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'outbox.jsonl'), '');

    await clearState(dir);

    expect(() => readFileSync(join(dir, 'outbox.jsonl'))).toThrow('ENOENT');
  });
});
