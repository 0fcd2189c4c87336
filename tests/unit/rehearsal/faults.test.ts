import { SendMessagesCommand } from '@aws-sdk/client-pinpoint';
import { SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultInjector, type Faults, sendingServices } from '#rehearsal/faults.ts';
import { sendingStage } from './sending-stage.ts';
import { START_MS } from './stage.ts';

const addresses = Array.from({ length: 400 }, (_, at) => `c-${at}@customers.example`);

const stage = async (faults: Faults) => {
  const services = await sendingStage({}, { faults });
  const calls = {
    ses: () =>
      services.ses.send(
        new SendRawEmailCommand({ Source: 'a@b.example', RawMessage: { Data: Buffer.from('x') } }),
      ),
    sms: () =>
      services.sms.send(
        new SendTextMessageCommand({ DestinationPhoneNumber: '+491', OriginationIdentity: 'p' }),
      ),
    push: () =>
      services.push.send(
        new SendMessagesCommand({
          ApplicationId: 'a',
          MessageRequest: { Addresses: {}, MessageConfiguration: {} },
        }),
      ),
  };
  return { ...services, calls };
};

describe('a share of faults', () => {
  test('strikes about as many as it says, and counts them', () => {
    const faults = new FaultInjector({ bounces: 0.25 }, '1');

    const bounced = addresses.filter((address) => faults.bounces(address));

    expect(bounced.length / addresses.length).toBeGreaterThan(0.18);
    expect(bounced.length / addresses.length).toBeLessThan(0.32);
    expect(faults.injected).toMatchObject({ bounces: bounced.length, complaints: 0 });
  });

  test('strikes the same address again, whatever came between', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.emailAddress()), (seed, between) => {
        const faults = new FaultInjector({ bounces: 0.5 }, seed);
        const first = faults.bounces('jana@customers.example');

        for (const address of between) faults.bounces(address);

        expect(faults.bounces('Jana@Customers.example')).toBe(first);
      }),
    );
  });

  test('follows from the seed', () => {
    const struck = (seed: string) => {
      const faults = new FaultInjector({ bounces: 0.5 }, seed);
      return addresses.map((address) => faults.bounces(address));
    };

    expect(struck('1')).toEqual(struck('1'));
    expect(struck('1')).not.toEqual(struck('2'));
  });

  test('is none by default', () => {
    const faults = new FaultInjector();

    expect(addresses.some((address) => faults.bounces(address))).toBe(false);
    expect(Object.values(faults.injected).every((count) => count === 0)).toBe(true);
  });

  test.each([-0.1, 1.1, Number.NaN])('of %d is refused', (stops) => {
    expect(() => new FaultInjector({ stops })).toThrow(`faults.stops is ${stops}: give a share`);
  });
});

describe('a throttled call', () => {
  test.each([
    ['ses', 'Throttling', 400],
    ['sms', 'ThrottlingException', 400],
    ['push', 'TooManyRequestsException', 429],
  ] as const)('of %s is answered by %s', async (service, name, httpStatusCode) => {
    const { calls, injector } = await stage({ throttles: 1 });

    await expect(calls[service]()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(injector.injected).toMatchObject({ throttles: 1, outages: 0 });
  });
});

describe('an outage', () => {
  test.each(sendingServices)('of %s answers by 503, until it is over', async (service) => {
    const outage = { service, fromMs: START_MS, untilMs: START_MS + 60_000 };
    const { calls, clock, injector } = await stage({ outages: [outage] });

    const during = calls[service]();
    await expect(during).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    await clock.runUntil(START_MS + 60_000);
    const after = calls[service]();

    await expect(after).rejects.not.toMatchObject({ name: 'ServiceUnavailable' });
    expect(injector.injected).toMatchObject({ outages: 1 });
  });

  test('of one service leaves the others', async () => {
    const outage = { service: 'ses', fromMs: START_MS, untilMs: START_MS + 1 } as const;
    const { calls } = await stage({ outages: [outage] });

    await expect(calls.sms()).rejects.not.toMatchObject({ name: 'ServiceUnavailable' });
  });

  test('that ends before it begins is refused', () => {
    const outages = [{ service: 'sms', fromMs: 2, untilMs: 2 } as const];

    expect(() => new FaultInjector({ outages })).toThrow('an outage of sms ends at 2');
  });
});
