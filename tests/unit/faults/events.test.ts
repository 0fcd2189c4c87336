import { describe, expect, test } from 'vitest';
import { Meter } from '#rehearsal/cost/meter.ts';
import { FaultInjector, type Faults } from '#rehearsal/faults.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { Redrives } from '#rehearsal/services/redrives.ts';
import { Senders } from '#rehearsal/services/senders.ts';
import {
  functionOf,
  getAtt,
  MINUTE_MS,
  minutesOf,
  ref,
  type Resources,
  servicesOf,
  START_MS,
} from '../rehearsal/stage.ts';

/** A bus whose one rule leads to the function `Enrol`; what that fails lies in `Failed`. */
const templates: Resources = {
  ...functionOf('Enrol', [['sqs:SendMessage', getAtt('Failed')]]),
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'detail-type': ['OrderPlaced'] },
      Targets: [{ Arn: getAtt('Enrol') }],
    },
  },
  MayInvoke: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Enrol'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
  Invoke: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref('Enrol'),
      DestinationConfig: { OnFailure: { Destination: getAtt('Failed') } },
    },
  },
  Failed: { Type: 'AWS::SQS::Queue', Properties: {} },
};

const prints = 'export const handler = () => console.log(new Date().toISOString());';

const placed: TimedEvent = {
  atMs: START_MS,
  source: 'oms.hearth',
  detailType: 'OrderPlaced',
  detail: { eventId: 'e-1', occurredAt: new Date(START_MS).toISOString() },
};

const stage = (given: Faults, handler = prints) => {
  const faults = new FaultInjector(given, '1');
  const services = servicesOf(templates, { Enrol: handler }, undefined, faults);
  const { bus, clock } = services;
  const senders = new Senders({ bus, clock, faults, meter: new Meter(() => clock.now()) });
  const redrives = new Redrives(services);
  return { ...services, senders, redrives, injected: () => faults.injected };
};

describe('an event of a shop', () => {
  test('is sent again every minute while the bus does not answer, and is no refused one', async () => {
    const outage = {
      service: 'events',
      fromMs: START_MS,
      untilMs: START_MS + 3 * MINUTE_MS,
    } as const;
    const { senders, clock, printed } = stage({ outages: [outage] });

    senders.put(placed);
    const waiting = senders.unsent.size;
    await clock.runUntil();

    expect(waiting).toBe(1);
    expect(minutesOf(printed('Enrol'))).toEqual([3]);
    expect(senders).toMatchObject({ count: 1, refused: [], unsent: new Set() });
  });

  test('is sent again when the answer says that its entry was not taken', async () => {
    const { senders, clock, printed, injected } = stage({ refusedEvents: 0.9 });

    senders.put(placed);
    await clock.runUntil();

    const [minutes = 0, ...others] = minutesOf(printed('Enrol'));
    expect(minutes).toBe(injected().refusedEvents);
    expect(minutes).toBeGreaterThan(0);
    expect(others).toEqual([]);
  });

  test('that its sender loses never comes, and is the sender’s loss', async () => {
    const { senders, clock, lambdas, injected } = stage({ lostEvents: 1 });

    senders.put(placed);
    await clock.runUntil();

    expect(senders).toMatchObject({ count: 0, lost: [placed], refused: [] });
    expect(injected()).toMatchObject({ lostEvents: 1 });
    expect(lambdas.invocations.size).toBe(0);
  });

  test('comes to its target twice when its delivery is doubled', async () => {
    const { senders, clock, printed } = stage({ doubledEvents: 1 });

    senders.put(placed);
    await clock.runUntil();

    expect(printed('Enrol')).toHaveLength(2);
  });

  test('is told by the clock of its sender', async () => {
    const tells = 'export const handler = ({ detail }) => console.log(detail.occurredAt);';
    const { senders, clock, printed, injected } = stage({ clockSkewMinutes: 500 }, tells);

    senders.put(placed);
    await clock.runUntil();

    expect(printed('Enrol')).toEqual([senders.asTold(placed).detail['occurredAt']]);
    expect(printed('Enrol')).not.toEqual([placed.detail['occurredAt']]);
    expect(injected()).toMatchObject({ skewedEvents: 1 });
  });
});

describe('an operator', () => {
  const failing = `let times = 0;
    export const handler = () => { if (++times < 5) throw new Error('no'); console.log('done'); };`;

  test('invokes a function again with what it failed for, the next day', async () => {
    const { senders, clock, queues, redrives, printed } = stage({}, failing);

    senders.put(placed);
    redrives.start(START_MS);
    await clock.runUntil(START_MS + 25 * 60 * MINUTE_MS);

    expect(printed('Enrol')).toContain('done');
    expect(queues.waiting().flatMap(({ messages }) => messages)).toEqual([]);
    expect(redrives.count).toBe(1);
  });

  test('comes no more when what is left fails for good', async () => {
    const { senders, clock, queues, redrives } = stage(
      {},
      "export const handler = () => { throw new Error('no'); };",
    );

    senders.put(placed);
    redrives.start(START_MS + 2.5 * 24 * 60 * MINUTE_MS);
    await clock.runUntil(START_MS + 10 * 24 * 60 * MINUTE_MS);

    expect(redrives.count).toBe(3);
    expect(queues.waiting().flatMap(({ messages }) => messages)).toHaveLength(1);
  });
});
