import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepArchive } from '#rehearsal/services/event-archive.ts';
import { temporaryFolder } from './booted.ts';
import { ACCOUNT, getAtt, MINUTE_MS, type Resources, servicesOf, START_MS } from './stage.ts';

const bus: Resources = { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } } };

const archive = (EventPattern: object | undefined): Resources => ({
  ...bus,
  Archive: {
    Type: 'AWS::Events::Archive',
    Properties: {
      SourceArn: getAtt('Bus'),
      ...(EventPattern === undefined ? {} : { EventPattern }),
    },
  },
});

const kept = (resources: Resources) => {
  const services = servicesOf(resources);
  const file = join(temporaryFolder(), 'archive.jsonl');
  const { close } = keepArchive({ ...services, file });
  const lines = (): readonly unknown[] => {
    close();
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  };
  return { ...services, file, lines };
};

const entry = (detail: object) => ({
  EventBusName: 'orders',
  Source: 'oms.hearth',
  DetailType: 'OrderPlaced',
  Detail: JSON.stringify(detail),
});

describe('an archive of the templates', () => {
  test('keeps events as they stand on the bus, with the time at which they came', async () => {
    const { bus: events, clock, lines } = kept(archive({ account: [ACCOUNT] }));

    clock.at(START_MS + MINUTE_MS, () => {
      events.putFromOutside({ ...entry({ orderId: '1' }), Time: '2026-03-01T12:00:00Z' });
    });

    await clock.runUntil();

    expect(lines()).toEqual([
      {
        ingestionTime: '2026-03-02T08:01:00.000Z',
        event: expect.objectContaining({
          time: '2026-03-01T12:00:00Z',
          'detail-type': 'OrderPlaced',
          detail: { orderId: '1' },
        }),
      },
    ]);
  });

  test('leaves out what its pattern leaves out', () => {
    const { bus: events, lines } = kept(archive({ detail: { orderId: ['2'] } }));

    events.putFromOutside(entry({ orderId: '1' }));
    events.putFromOutside(entry({ orderId: '2' }));

    expect(lines()).toMatchObject([{ event: { detail: { orderId: '2' } } }]);
  });

  test('keeps everything without a pattern, every digit of it', () => {
    const { bus: events, lines, file } = kept(archive(undefined));
    const text =
      '{"id":"1","source":"oms.hearth","detail-type":"OrderPlaced","detail":{"rate":1.10000000000000000001}}';

    events.deliver(JSON.parse(text), text);

    expect(lines()).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toContain('1.10000000000000000001');
  });

  test('that is not there keeps nothing', () => {
    const { bus: events, file } = kept(bus);

    events.putFromOutside(entry({ orderId: '1' }));

    expect(existsSync(file)).toBe(false);
  });
});
