import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { functionOf, type Resources, servicesOf } from './stage.ts';

const SHOP = 'App-Shop';

const started = async (module: string, Timeout?: number) => {
  const resources: Resources = functionOf('Shop');
  if (Timeout !== undefined) Object.assign(resources['Shop']?.Properties ?? {}, { Timeout });
  const services = servicesOf(resources, { Shop: module });
  await services.lambdas.start();
  return services;
};

/** Real milliseconds that something takes. */
const tookMs = async (act: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now();
  await act();
  return performance.now() - startMs;
};

/** A server that answers after a while of real time. */
const slowServer = async (afterMs: number): Promise<string> => {
  const server = createServer((_, response) => {
    setTimeout(() => response.end('slow'), afterMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${Object(server.address()).port}`;
};

describe('a function that waits', () => {
  test.each([
    ['setTimeout', 'const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));'],
    ['node:timers/promises', "import { setTimeout as sleep } from 'node:timers/promises';"],
    [
      'a promisified setTimeout',
      "import { promisify } from 'node:util'; const sleep = promisify(setTimeout);",
    ],
    [
      'node:timers',
      "import { setTimeout as later } from 'node:timers'; const sleep = (ms) => new Promise((resolve) => later(resolve, ms));",
    ],
  ])('by %s takes no real time, and its time stands still', async (_, sleep) => {
    const { lambdas } = await started(
      `${sleep}
      export const handler = async () => {
        const before = Date.now();
        for (let sent = 0; sent < 25; sent++) await sleep(100);
        return Date.now() - before;
      };`,
    );

    const ms = await tookMs(async () => {
      expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 0 });
    });

    expect(ms).toBeLessThan(1000);
  });

  test('finds its timers fired in the order of their times, repeating ones among them', async () => {
    const { lambdas } = await started(`export const handler = () => new Promise((resolve) => {
      const fired = [];
      setTimeout((name) => fired.push(name), 250, 'c');
      setTimeout(() => fired.push('a'), 50);
      const dropped = setTimeout(() => fired.push('dropped'), 60);
      const tick = setInterval(() => fired.push('tick'), 100);
      setTimeout(() => { clearInterval(tick); resolve(fired); }, 350);
      clearTimeout(dropped);
    });`);

    expect(await lambdas.invoke(SHOP, {})).toMatchObject({
      payload: ['a', 'tick', 'tick', 'c', 'tick'],
    });
  });

  test('is not timed out while a request is under way, however long its timeout seems', async () => {
    const url = await slowServer(30);
    const { lambdas } = await started(`export const handler = async () => {
      const timeout = new Promise((resolve) => setTimeout(resolve, 2000, 'timed out'));
      return Promise.race([timeout, fetch('${url}').then((response) => response.text())]);
    };`);

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 'slow' });
  });

  test('is timed out when a request really takes longer than it waits', async () => {
    const url = await slowServer(5000);
    const { lambdas } = await started(`export const handler = async () => {
      const timeout = new Promise((resolve) => setTimeout(resolve, 20, 'timed out'));
      return Promise.race([timeout, fetch('${url}').then((response) => response.text())]);
    };`);

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 'timed out' });
  });

  test('is not timed out while it signs', async () => {
    const { lambdas } = await started(`
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
      export const handler = async () => Promise.race([
        new Promise((resolve) => setTimeout(resolve, 2900, 'timed out')),
        crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']).then(() => 'signed'),
      ]);`);

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 'signed' });
  });

  test('can be told to stop waiting', async () => {
    const { lambdas } = await started(`import { setTimeout as sleep } from 'node:timers/promises';
      export const handler = async () => {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 10);
        return sleep(500, undefined, { signal: stop.signal }).catch(({ name }) => name);
      };`);

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 'AbortError' });
  });

  test('has so much less of its time left', async () => {
    const { lambdas } = await started(
      `export const handler = async (_, context) => {
        await new Promise((resolve) => setTimeout(resolve, 4000));
        return context.getRemainingTimeInMillis();
      };`,
      10,
    );

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 6000 });
    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: 6000 });
  });

  test('for longer than its timeout fails as on AWS, and the next call finds it new', async () => {
    const { lambdas } = await started(
      `let calls = 0;
      export const handler = async ({ waits }) => {
        calls += 1;
        for (let at = 0; at < waits; at++) await new Promise((resolve) => setTimeout(resolve, 100));
        return calls;
      };`,
      5,
    );

    const results = [
      await lambdas.invoke(SHOP, { waits: 50 }),
      await lambdas.invoke(SHOP, { waits: 51 }),
      await lambdas.invoke(SHOP, { waits: 1 }),
    ];

    expect(results).toMatchObject([
      { ok: true, payload: 1 },
      {
        ok: false,
        errorType: 'Sandbox.Timedout',
        errorMessage: 'Task timed out after 5.00 seconds',
      },
      { ok: true, payload: 1 },
    ]);
  });

  test('is frozen after its answer: what is left fires in the next invocation', async () => {
    const { lambdas, printed } = await started(`export const handler = async ({ later }) => {
      if (later) setTimeout(() => console.log('fired'), 100);
      else await new Promise((resolve) => setTimeout(resolve, 200));
    };`);

    await lambdas.invoke(SHOP, { later: true });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const frozen = printed('Shop');
    await lambdas.invoke(SHOP, {});

    expect([frozen, printed('Shop')]).toEqual([[], ['fired']]);
  });
});
