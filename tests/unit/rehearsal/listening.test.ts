import { describe, expect, test } from 'vitest';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import type { Envelope } from '#rehearsal/services/event-bus.ts';
import { bootedWith } from './booted.ts';
import { functionOf, getAtt, MINUTE_MS, ref, type Resources, START_MS } from './stage.ts';

/** A bus whose orders a function answers by an event of its own. */
const answering: Resources = {
  ...functionOf('Answer', [['events:PutEvents', getAtt('Bus')]], { BUS: ref('Bus') }),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { source: [{ prefix: 'oms.' }] },
      Targets: [{ Arn: getAtt('Answer') }],
    },
  },
  MayInvoke: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Answer'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
};

const answer = `export const handler = async ({ detail: { orderId } }) => {
  console.log(new Date().toISOString().slice(11, 16), orderId);
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, BUS } = process.env;
  await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: 'Credential=' + key + '/d/r/events/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({ Entries: [
      { EventBusName: BUS, Source: 'afterglow', DetailType: 'OfferAccepted', Detail: JSON.stringify({ orderId }) },
    ] }),
  });
};`;

const booted = () => bootedWith(answering, answer, 'Answer');

const event = (minutes: number, orderId: string, detailType = 'OrderPlaced'): TimedEvent => ({
  atMs: START_MS + minutes * MINUTE_MS,
  source: 'oms.hearth',
  detailType,
  detail: { orderId },
});

const wordsOf = ({ source, 'detail-type': type, detail }: Envelope): string =>
  `${source} ${type} ${Object(detail).orderId}`;

describe('who listens to the bus', () => {
  test('hears of what shops put there, of what functions do, and of captured envelopes', async () => {
    const { rehearsal } = await booted();
    const heard: string[] = [];
    rehearsal.listen((envelope) => {
      heard.push(wordsOf(envelope));
      return [];
    });
    const captured = { source: 'afterglow', 'detail-type': 'Captured', detail: { orderId: '2' } };

    rehearsal.schedule([event(1, '1'), { ...event(2, '2'), envelope: JSON.stringify(captured) }]);
    await rehearsal.run(START_MS + 3 * MINUTE_MS);

    expect(heard).toEqual([
      'oms.hearth OrderPlaced 1',
      'afterglow OfferAccepted 1',
      'afterglow Captured 2',
    ]);
  });

  test('does what follows at its time, and at once what is overdue', async () => {
    const { rehearsal, printed } = await booted();
    rehearsal.listen((envelope) =>
      envelope['detail-type'] === 'OfferAccepted' && Object(envelope['detail']).orderId === '1'
        ? [event(0, 'overdue', 'OrderAmended'), event(7, 'later', 'OrderAmended')]
        : [],
    );

    rehearsal.schedule([event(5, '1')]);
    await rehearsal.run(START_MS + 10 * MINUTE_MS);

    expect(printed()).toEqual(['08:05 1', '08:05 overdue', '08:07 later', '']);
    expect(rehearsal.reactions.map(({ detail }) => detail['orderId'])).toEqual([
      'overdue',
      'later',
    ]);
  });

  test('may take a while to make up their mind: time stands still meanwhile', async () => {
    const { rehearsal, printed } = await booted();
    rehearsal.listen(async (envelope) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return Object(envelope['detail']).orderId === '1' ? [event(5, 'slow', 'OrderAmended')] : [];
    });

    rehearsal.schedule([event(5, '1'), event(6, '2')]);
    await rehearsal.run(START_MS + 10 * MINUTE_MS);

    expect(printed()[1]).toBe('08:05 slow');
  });

  test('stops the rehearsal by failing', async () => {
    const { rehearsal } = await booted();
    rehearsal.listen(() => {
      throw new Error('the order system is down');
    });
    rehearsal.schedule([event(5, '1')]);

    await expect(rehearsal.run(START_MS + 10 * MINUTE_MS)).rejects.toThrow(
      'the order system is down',
    );
  });
});
