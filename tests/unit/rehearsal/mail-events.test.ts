import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import type { Faults } from '#rehearsal/faults.ts';
import { letting, queue, sendingStage } from './sending-stage.ts';
import { arnOf, cloudOf, getAtt, ref, type Resources, roleOf, START_MS } from './stage.ts';

const SET = arnOf('ses', 'configuration-set/App-Mail');
const ALL = ['SEND', 'DELIVERY', 'DELIVERY_DELAY', 'BOUNCE', 'COMPLAINT', 'REJECT'];

const destination = (more: object = {}) => ({
  Type: 'AWS::SES::ConfigurationSetEventDestination',
  Properties: {
    ConfigurationSetName: ref('Mail'),
    EventDestination: {
      Enabled: true,
      EventBridgeDestination: { EventBusArn: arnOf('events', 'event-bus/default') },
      MatchingEventTypes: ALL,
      ...more,
    },
  },
});

/** A configuration set whose events come to the queue `Told` by a rule of the account's own bus. */
const told = (more: object = {}): Resources => ({
  ...roleOf('Sender', [
    ['ses:SendRawEmail', arnOf('ses', 'identity/mail.hearth.example')],
    ['ses:SendRawEmail', arnOf('ses', 'configuration-set/App-*')],
  ]),
  Sender: {
    Type: 'AWS::SES::EmailIdentity',
    Properties: { EmailIdentity: 'mail.hearth.example' },
  },
  Mail: { Type: 'AWS::SES::ConfigurationSet', Properties: {} },
  Silent: { Type: 'AWS::SES::ConfigurationSet', Properties: {} },
  Destination: destination(more),
  Told: queue(),
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['aws.ses'] }, Targets: [{ Arn: getAtt('Told') }] },
  },
  ...letting('events.amazonaws.com', 'Told', getAtt('Rule')),
});

const raw = 'From: orders@mail.hearth.example\r\nSubject: Thanks,\r\n Jana\r\n\r\nBody';

const stage = async ({ faults, more }: { faults?: Faults; more?: object } = {}) => {
  const services = await sendingStage(told(more), { faults });
  const send = (to = 'jana@customers.example', { text = raw, set = 'App-Mail' } = {}) =>
    services.ses.send(
      new SendRawEmailCommand({
        Source: 'Hearth <orders@mail.hearth.example>',
        Destinations: [to],
        RawMessage: { Data: Buffer.from(text) },
        ConfigurationSetName: set,
        Tags: [{ Name: 'shop', Value: 'hearth' }],
      }),
    );
  const events = async () => {
    await services.clock.runUntil();
    return services.lying('Told');
  };
  const types = async () => (await events()).map((event) => event['detail-type']);
  return { ...services, send, events, types };
};

describe('a message that arrives', () => {
  test('is told as sent and as delivered, as SES shapes its events', async () => {
    const { send, events } = await stage();

    const { MessageId } = await send();

    const mail = {
      timestamp: '2026-03-02T08:00:00.000Z',
      source: 'Hearth <orders@mail.hearth.example>',
      messageId: MessageId,
      destination: ['jana@customers.example'],
      headersTruncated: false,
      headers: [
        { name: 'From', value: 'orders@mail.hearth.example' },
        { name: 'Subject', value: 'Thanks, Jana' },
      ],
      commonHeaders: { subject: 'Thanks, Jana' },
      tags: { shop: ['hearth'], 'ses:configuration-set': ['App-Mail'] },
    };
    const envelope = { source: 'aws.ses', resources: [SET] };
    expect(await events()).toMatchObject([
      { ...envelope, 'detail-type': 'Email Sent', detail: { eventType: 'Send', mail, send: {} } },
      {
        ...envelope,
        'detail-type': 'Email Delivered',
        time: '2026-03-02T08:00:02Z',
        detail: {
          eventType: 'Delivery',
          mail,
          delivery: { recipients: ['jana@customers.example'], processingTimeMillis: 2000 },
        },
      },
    ]);
  });

  test('late is told as delayed before it is delivered', async () => {
    const { send, types } = await stage();

    await send('delayed-jana@customers.example');

    expect(await types()).toEqual(['Email Sent', 'Email Delivery Delayed', 'Email Delivered']);
  });

  test('and is marked as spam is told hours later', async () => {
    const { send, events } = await stage({ faults: { complaints: 1 } });

    await send();

    const complaint = (await events()).at(-1);
    expect(complaint.detail).toMatchObject({
      eventType: 'Complaint',
      complaint: {
        complainedRecipients: [{ emailAddress: 'jana@customers.example' }],
        complaintFeedbackType: 'abuse',
      },
    });
    expect(Date.parse(complaint.time) - START_MS).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('a message that does not arrive', () => {
  test('bounces for good, and nobody has got it', async () => {
    const { send, events, arrived, channels } = await stage({ faults: { bounces: 1 } });

    await send();

    expect((await events())[1]).toMatchObject({
      'detail-type': 'Email Bounced',
      detail: {
        eventType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [{ emailAddress: 'jana@customers.example', action: 'failed' }],
        },
      },
    });
    expect([channels.outbox.length, arrived.length]).toEqual([1, 0]);
  });

  test.each([
    ['bounce@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['suppressionlist@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    [
      'complaint+1@simulator.amazonses.com',
      ['Email Sent', 'Email Delivered', 'Email Complaint Received'],
    ],
    ['success@simulator.amazonses.com', ['Email Sent', 'Email Delivered']],
  ])('or does, at SES’s mailbox simulator: %s', async (to, expected) => {
    const { send, types } = await stage();

    await send(to);

    expect(await types()).toEqual(expected);
  });

  test('is rejected for the virus in it', async () => {
    const { send, types, arrived } = await stage();

    await send(undefined, { text: `${raw} $EICAR-STANDARD-ANTIVIRUS-TEST-FILE!` });

    expect(await types()).toEqual(['Email Rejected']);
    expect(arrived).toEqual([]);
  });
});

describe('an event', () => {
  test('of a type that the destination does not ask for is not told', async () => {
    const { send, types } = await stage({ more: { MatchingEventTypes: ['delivery', 'OPEN'] } });

    await send();

    expect(await types()).toEqual(['Email Delivered']);
  });

  test('of a set without a destination, or of a disabled one, is not told', async () => {
    const other = await stage();
    const disabled = await stage({ more: { Enabled: false } });

    await other.send(undefined, { set: 'App-Silent' });
    await disabled.send();

    expect([await other.types(), await disabled.types()]).toEqual([[], []]);
    expect(other.arrived).toMatchObject([{ channel: 'email', tags: { shop: 'hearth' } }]);
  });

  test.each([
    ['of another bus', { EventBridgeDestination: { EventBusArn: 'arn:other' } }, 'got the bus'],
    ['to a topic', { SnsDestination: {} }, 'SnsDestination is not modelled'],
    ['of an unknown type', { MatchingEventTypes: ['SENT'] }, 'SES has no event type SENT'],
  ])('destination %s is refused by name', async (_, more, problem) => {
    await expect(stage({ more })).rejects.toThrow(problem);
  });

  test('of a rule on the account’s own bus has that rule’s ARN', () => {
    const [rule] = cloudOf(told()).ofType('AWS::Events::Rule');

    expect(rule?.arn).toBe(arnOf('events', 'rule/App-Rule'));
  });
});
