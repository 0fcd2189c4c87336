import { describe, expect, test } from 'vitest';
import { letting } from './sending-stage.ts';
import {
  arnOf,
  awsErrorOf,
  functionOf,
  getAtt,
  minutesOf,
  ref,
  type Resources,
  roleOf,
  servicesOf,
  START_MS,
} from './stage.ts';

const publisher = { arn: 'arn:aws:iam::111122223333:role/App-PublisherRole' };

/** A bus with a rule for `OrderPlaced`, whose target `Enrol` hands what it fails to the queue `Failed`. */
const busWithFunction: Resources = {
  ...functionOf('Enrol', [['sqs:SendMessage', getAtt('Failed')]]),
  ...roleOf('Publisher', [['events:PutEvents', getAtt('Bus')]]),
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'detail-type': ['OrderPlaced'], detail: { total: [{ numeric: ['>', 0] }] } },
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

const enrol = `export const handler = (event) => {
  console.log(new Date().toISOString(), JSON.stringify(event));
  if (event.detail.fail > 0) throw new TypeError('no stage');
};`;

const entry = (detail: object = { total: 1 }, more: object = {}) => ({
  EventBusName: 'orders',
  Source: 'oms.hearth',
  DetailType: 'OrderPlaced',
  Detail: JSON.stringify(detail),
  ...more,
});

const stage = (resources: Resources = busWithFunction) => {
  const services = servicesOf(resources, { Enrol: enrol });
  const calls = () =>
    services.printed('Enrol').map((line) => {
      const [, at = '', event = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      return { at, event: JSON.parse(event) };
    });
  const failed = () => services.queues.waiting().flatMap(({ messages }) => messages);
  return { ...services, calls, failed };
};

describe('an event', () => {
  test('reaches the targets of the rules that it fits, as EventBridge shapes it', async () => {
    const { bus, clock, calls } = stage();

    bus.putFromOutside(entry());
    bus.putFromOutside(entry({ total: 0 }));
    bus.putFromOutside(entry({ total: 1 }, { DetailType: 'OrderCancelled' }));
    await clock.runUntil();

    expect(calls().map(({ event }) => event)).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'OrderPlaced',
        source: 'oms.hearth',
        account: '111122223333',
        time: '2026-03-02T08:00:00Z',
        region: 'eu-central-1',
        resources: [],
        detail: { total: 1 },
      },
    ]);
  });

  test.each([
    [1_772_400_000, '2026-03-01T21:20:00Z'],
    ['2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z'],
  ])('may bring its own time: %s', async (Time, expected) => {
    const { bus, clock, calls } = stage();

    bus.putFromOutside(entry({ total: 1 }, { Time }));
    await clock.runUntil();

    expect(calls()[0]?.event.time).toBe(expected);
  });

  test.each([
    ['text that is no JSON', '{', 'MalformedDetail'],
    ['JSON that is no object', '"text"', 'MalformedDetail'],
    ['null', 'null', 'MalformedDetail'],
    ['nothing', undefined, 'InvalidArgument'],
  ])('with %s for detail is refused, and the others are not', async (_, Detail, ErrorCode) => {
    const { bus, clock, calls } = stage();

    const answer = bus.putEvents(publisher, [entry(), entry({}, { Detail }), entry({ total: 2 })]);
    await clock.runUntil();

    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode }, {}] });
    expect(calls().map(({ event }) => event.detail.total)).toEqual([1, 2]);
  });

  test('of more than a megabyte is refused with the request', async () => {
    const { bus } = stage();

    const error = await awsErrorOf(() =>
      bus.putFromOutside(entry({ total: 1, text: 'x'.repeat(1024 * 1024) })),
    );

    expect(error).toMatch(/^ValidationException: Total size of the entries/);
  });

  test.each([0, 11])('is refused in a request of %d', async (count) => {
    const { bus } = stage();
    const entries = Array.from({ length: count }, () => entry());

    expect(await awsErrorOf(() => bus.putEvents(publisher, entries))).toContain('1 to 10 entries');
  });

  test('of a role without the grant is denied', async () => {
    const { bus, authorizer } = stage();
    const principal = { arn: 'arn:aws:iam::111122223333:role/App-EnrolRole' };

    await awsErrorOf(() => bus.putEvents(principal, [entry()]));

    expect(authorizer.denials).toMatchObject([
      {
        principal: 'App-EnrolRole',
        action: 'events:PutEvents',
        resource: arnOf('events', 'event-bus/orders'),
      },
    ]);
  });

  test('to a bus that does not exist is refused', async () => {
    const { bus } = stage();

    expect(
      await awsErrorOf(() => bus.putEvents(publisher, [entry({}, { EventBusName: 'other' })])),
    ).toContain('ResourceNotFoundException');
  });
});

describe('a function that the bus calls', () => {
  test('and that fails is called again after one minute and after two more', async () => {
    const { bus, clock, calls } = stage();

    bus.putFromOutside(entry({ total: 1, fail: 1 }));
    await clock.runUntil();

    expect(minutesOf(calls().map(({ at }) => at))).toEqual([0, 1, 3]);
  });

  test('hands what it failed three times to its destination, with event and error', async () => {
    const { bus, clock, calls, failed } = stage();

    bus.putFromOutside(entry({ total: 1, fail: 1 }));
    await clock.runUntil();

    expect(failed().map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
        requestPayload: calls()[0]?.event,
        responsePayload: { errorType: 'TypeError', errorMessage: 'no stage' },
      },
    ]);
  });

  test('needs the grant to send to its destination', async () => {
    const { bus, clock, authorizer, failed } = stage({
      ...busWithFunction,
      ...functionOf('Enrol'),
    });

    bus.putFromOutside(entry({ total: 1, fail: 1 }));
    await clock.runUntil();

    expect(failed()).toEqual([]);
    expect(authorizer.denials).toMatchObject([
      { principal: 'App-EnrolRole', action: 'sqs:SendMessage' },
    ]);
  });

  test('without a destination stops the clock: its event would be lost', async () => {
    const { Invoke: _, ...withoutDestination } = busWithFunction;
    const { bus, clock } = stage(withoutDestination);

    bus.putFromOutside(entry({ total: 1, fail: 1 }));

    await expect(clock.runUntil()).rejects.toThrow('App-Enrol failed for good');
  });

  test('has to let the rule in', async () => {
    const { MayInvoke: _, ...withoutPermission } = busWithFunction;
    const { bus, clock, authorizer, lambdas } = stage(withoutPermission);

    bus.putFromOutside(entry());
    await clock.runUntil();

    expect(lambdas.invocations.size).toBe(0);
    expect(authorizer.denials).toEqual([
      {
        principal: 'events.amazonaws.com',
        action: 'lambda:InvokeFunction',
        resource: arnOf('lambda', 'function:App-Enrol'),
        reason: 'no-grant',
      },
    ]);
  });
});

describe('an event that was captured from another bus', () => {
  const toQueue: Resources = {
    Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
    Kept: { Type: 'AWS::SQS::Queue', Properties: {} },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('Bus'),
        EventPattern: { source: [{ prefix: '' }] },
        Targets: [{ Arn: getAtt('Kept') }],
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref('Kept')],
        PolicyDocument: {
          Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
        },
      },
    },
  };

  test('is delivered as it stands, with all digits of its numbers', async () => {
    const { bus, clock, failed } = stage(toQueue);
    const text =
      '{"source":"aws.partner/shopify.com/1","detail-type":"t","detail":{"id":9007199254740993}}';

    bus.deliver(JSON.parse(text), text);
    await clock.runUntil();

    expect(failed().map(({ body, sentAtMs }) => [body, sentAtMs])).toEqual([[text, START_MS]]);
  });
});

describe('a rule', () => {
  const onBus = (id: string, EventBusName?: unknown): Resources => ({
    [id]: { Type: 'AWS::SQS::Queue', Properties: {} },
    [`${id}Rule`]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ...(EventBusName === undefined ? {} : { EventBusName }),
        EventPattern: { source: [{ prefix: '' }] },
        Targets: [{ Arn: getAtt(id) }],
      },
    },
    ...letting('events.amazonaws.com', id, getAtt(`${id}Rule`)),
  });
  const PARTNER = 'aws.partner/shopify.com/1/orders';
  const buses: Resources = {
    First: { Type: 'AWS::Events::EventBus', Properties: { Name: 'first' } },
    Second: { Type: 'AWS::Events::EventBus', Properties: { Name: 'second' } },
    ...roleOf('Publisher', [['events:PutEvents', arnOf('events', 'event-bus/*')]]),
    ...onBus('OnFirst', ref('First')),
    ...onBus('OnSecond', getAtt('Second')),
    ...onBus('OnDefault'),
    ...onBus('OnPartners', PARTNER),
  };
  const put = (bus: ReturnType<typeof stage>['bus'], EventBusName?: string) =>
    bus.putEvents(publisher, [
      { Source: 's', DetailType: 't', Detail: '{}', ...(EventBusName && { EventBusName }) },
    ]);
  const reached = async ({ clock, queues, authorizer }: ReturnType<typeof stage>) => {
    await clock.runUntil();
    expect(authorizer.denials).toEqual([]);
    return queues
      .waiting()
      .filter(({ messages }) => messages.length > 0)
      .map(({ queue }) => queue.logicalId);
  };

  test.each([
    ['first', 'OnFirst'],
    [arnOf('events', 'event-bus/second'), 'OnSecond'],
    ['default', 'OnDefault'],
    [undefined, 'OnDefault'],
  ])('gets the events of its own bus: %s', async (name, queue) => {
    const services = stage(buses);

    put(services.bus, name);

    expect(await reached(services)).toEqual([queue]);
  });

  test('of the account’s own bus gets the events of AWS services', async () => {
    const services = stage(buses);

    services.bus.publish({ source: 'aws.ses', detailType: 't', resources: ['r'], detail: {} });

    expect(await reached(services)).toEqual(['OnDefault']);
  });

  test('of a partner’s bus gets what was captured there, the ingress bus the rest', async () => {
    const [partners, ingress] = [stage(buses), stage(buses)];

    partners.bus.deliver({ source: PARTNER, 'detail-type': 't' });
    ingress.bus.deliver({ source: 'oms.hearth', 'detail-type': 't' });

    expect(await reached(partners)).toEqual(['OnPartners']);
    expect(await reached(ingress)).toEqual(['OnFirst']);
  });

  test('is named with its bus, but not on the account’s own', () => {
    const rules = stage(buses).cloud.ofType('AWS::Events::Rule');

    expect(rules.map(({ arn }) => arn)).toEqual([
      arnOf('events', 'rule/first/App-OnFirstRule'),
      arnOf('events', 'rule/second/App-OnSecondRule'),
      arnOf('events', 'rule/App-OnDefaultRule'),
      arnOf('events', `rule/${PARTNER}/App-OnPartnersRule`),
    ]);
  });
});
