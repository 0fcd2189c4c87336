import { describe, expect, test } from 'vitest';
import { arnOf, START_MS } from './stage.ts';
import { JANA, pool, stage, texting } from './texts-stage.ts';

describe('a customer who texts', () => {
  test.each(['STOP', ' stop please', 'Cancel', 'opt-out'])(
    '%s is answered, and written to no more',
    async (body) => {
      const { send, receive, channels } = await stage();
      await send();

      await receive(body);

      expect(channels.texts.slice(1)).toMatchObject([
        { to: JANA, body: 'No more texts.', isKeywordAnswer: true, context: {} },
      ]);
      await expect(send()).rejects.toMatchObject({
        name: 'ConflictException',
        Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
      });
    },
  );

  test.each(['HELP', 'help!'])('%s is answered, and written to further', async (body) => {
    const { send, receive, channels } = await stage();

    await receive(body);
    await send();

    expect(channels.texts.map((text) => text.body)).toEqual(['Call us.', 'Your parcel left.']);
  });

  test.each(['stopwatch', 'Where is my parcel?', 'ENDE'])(
    '%s is answered by nobody',
    async (body) => {
      const { receive, channels } = await stage();

      await receive(body);

      expect(channels.texts).toEqual([]);
    },
  );

  test('comes to the topic of the pool, as the user guide shows it', async () => {
    const { send, receive, lying } = await stage();
    const { MessageId } = await send();

    await receive('Stop it');
    await receive('Hello?', '+4915187654321');

    expect(lying('InboundQueue')).toEqual([
      {
        originationNumber: JANA,
        destinationNumber: '+442079460000',
        messageKeyword: 'STOP',
        messageBody: 'Stop it',
        inboundMessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        previousPublishedMessageId: MessageId,
      },
      expect.not.objectContaining({ previousPublishedMessageId: expect.anything() }),
    ]);
  });

  test('a word to opt in again is written to again', async () => {
    const OptionalKeywords = [{ Keyword: 'start', Action: 'OPT_IN', Message: 'Welcome back.' }];
    const { send, receive } = await stage({}, { ...texting, Pool: pool({ OptionalKeywords }) });

    await receive('STOP');
    await receive('START');

    expect(await send()).toMatchObject({ MessageId: expect.any(String) });
  });

  test('STOP is left to the owner of a pool with self-managed opt-outs', async () => {
    const Pool = pool({ SelfManagedOptOutsEnabled: true });
    const { send, receive, channels, lying } = await stage({}, { ...texting, Pool });

    await receive('STOP');
    await send();

    expect(channels.texts.map(({ body }) => body)).toEqual(['Your parcel left.']);
    expect(lying('InboundQueue')).toMatchObject([{ messageBody: 'STOP' }]);
  });

  test('answers a share of texts by STOP, some minutes later', async () => {
    const { send, clock, lying, injector } = await stage({ faults: { stops: 1 } });

    await send();
    await clock.runUntil();

    expect(lying('InboundQueue')).toMatchObject([{ originationNumber: JANA, messageBody: 'STOP' }]);
    const minutes = (clock.now() - START_MS) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(5);
    expect(minutes).toBeLessThanOrEqual(31);
    expect(injector.injected).toMatchObject({ stops: 1 });
  });

  test('to one of several pools that never wrote is an error, not a guess', async () => {
    const { receive } = await stage({}, { ...texting, Second: pool() });

    await expect(receive('Hello')).rejects.toThrow('there are 2 pools, not one');
  });

  test('cannot answer a sender that is only a name', async () => {
    const OriginationIdentities = [arnOf('sms-voice', 'sender-id/HEARTH/DE')];
    const { receive, send, channels } = await stage(
      {},
      { ...texting, Pool: pool({ OriginationIdentities }) },
    );

    await send();

    expect(channels.texts).toMatchObject([{ from: 'HEARTH' }]);
    await expect(receive('Hello')).rejects.toThrow('HEARTH, which nobody can answer');
  });
});
