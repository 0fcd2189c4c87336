import { describe, expect, test } from 'vitest';
import { arnOf, functionOf, type Resources, servicesOf, START_MS } from './stage.ts';

const SHOP = arnOf('lambda', 'function:App-Shop');

const started = async (
  modules: Readonly<Record<string, string>>,
  resources: Resources = functionOf('Shop'),
) => {
  const services = servicesOf(resources, modules);
  await services.lambdas.start();
  return services;
};

describe('a function', () => {
  test('is given the event and answers with what its handler gives back', async () => {
    const { lambdas } = await started({
      Shop: 'export const handler = async (event) => ({ got: event.orderId });',
    });

    expect(await lambdas.invoke(SHOP, { orderId: '1001' })).toEqual({
      ok: true,
      payload: { got: '1001' },
    });
  });

  test('that gives nothing back answers null, as on AWS', async () => {
    const { lambdas } = await started({ Shop: 'export const handler = () => undefined;' });

    expect(await lambdas.invoke(SHOP, {})).toEqual({ ok: true, payload: null });
  });

  test('sees the virtual time in every way of asking for it', async () => {
    const { lambdas, clock } = await started({
      Shop: `export const handler = () => [
        Date.now(), new Date().getTime(), Date.parse(Date()), new Date(0).getTime(),
        Date.UTC(1970, 0, 2), new Date() instanceof Date,
      ];`,
    });
    const laterMs = START_MS + 3_600_000;
    await clock.runUntil(laterMs);

    const answer = await lambdas.invoke(SHOP, {});

    expect(answer).toMatchObject({
      payload: [laterMs, laterMs, laterMs, 0, 86_400_000, true],
    });
  });

  test('has its own environment and not that of this process', async () => {
    const { lambdas } = await started(
      {
        Shop: 'export const handler = () => process.env;',
        Other: "process.env.SECRET = 'mine'; export const handler = () => process.env;",
      },
      {
        ...functionOf('Shop', [], { TABLE: 'orders' }),
        ...functionOf('Other', [], { TABLE: 'customers' }),
      },
    );

    const answer = await lambdas.invoke(SHOP, {});

    expect(answer).toMatchObject({
      payload: {
        TABLE: 'orders',
        AWS_REGION: 'eu-central-1',
        AWS_LAMBDA_FUNCTION_NAME: 'App-Shop',
        AWS_ACCESS_KEY_ID: 'App-ShopRole',
        TZ: 'UTC',
      },
    });
    expect(answer).not.toHaveProperty('payload.SECRET');
    expect(answer).not.toHaveProperty('payload.PATH');
  });

  test('keeps what it loaded from one invocation to the next', async () => {
    const { lambdas } = await started({
      Shop: 'let calls = 0; export const handler = () => ++calls;',
    });

    await lambdas.invoke(SHOP, {});

    expect(await lambdas.invoke(SHOP, {})).toMatchObject({ payload: 2 });
    expect(lambdas.invocations.get('App-Shop')).toBe(2);
  });

  test('runs alone, in the order of the calls', async () => {
    const { lambdas } = await started({
      Shop: `let running = 0;
        export const handler = async (wait) => {
          running += 1;
          await new Promise((resolve) => setTimeout(resolve, wait));
          return running--;
        };`,
    });

    const answers = await Promise.all([20, 0, 5].map((wait) => lambdas.invoke(SHOP, wait)));

    expect(answers.map((answer) => answer.ok && answer.payload)).toEqual([1, 1, 1]);
  });

  test('prints to a log of its own', async () => {
    const { lambdas, printed } = await started({
      Shop: "export const handler = () => { console.log('taken in'); console.error('badly'); };",
    });

    await lambdas.invoke(SHOP, {});

    expect(printed('Shop')).toEqual(['taken in', 'badly']);
  });
});

describe('a function that fails', () => {
  test('keeps the name and message of its error', async () => {
    const { lambdas } = await started({
      Shop: `class OutOfStock extends Error { name = 'OutOfStock'; }
        export const handler = async () => { throw new OutOfStock('no kettle left'); };`,
    });

    const answer = await lambdas.invoke(SHOP, {});

    expect(answer).toMatchObject({
      ok: false,
      errorType: 'OutOfStock',
      errorMessage: 'no kettle left',
    });
  });

  test('can throw anything', async () => {
    const { lambdas } = await started({
      Shop: "export const handler = () => { throw 'a text'; };",
    });

    expect(await lambdas.invoke(SHOP, {})).toMatchObject({ ok: false, errorMessage: 'a text' });
  });

  test.each([
    ['leaves the process', 'process.exit(1)'],
    [
      'leaves a promise unheard',
      "Promise.reject(new Error('unheard')); await new Promise(() => {})",
    ],
  ])('and %s has failed, and the next call finds it new', async (_, act) => {
    const { lambdas } = await started({
      Shop: `export const handler = async (event) => { if (event.fatal) { ${act}; } return 'well'; };`,
    });

    const fatal = await lambdas.invoke(SHOP, { fatal: true });
    const next = await lambdas.invoke(SHOP, {});

    expect(fatal).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(next).toEqual({ ok: true, payload: 'well' });
  });

  test('to load fails the start', async () => {
    const { lambdas } = servicesOf(functionOf('Shop'), { Shop: "throw new Error('no TABLE');" });

    await expect(lambdas.start()).rejects.toThrow('no TABLE');
  });

  test('and calls to functions that do not exist are refused by name', async () => {
    const { lambdas } = servicesOf({});

    await expect(lambdas.invoke(SHOP, {})).rejects.toThrow(
      `the templates have no function ${SHOP}`,
    );
  });
});

describe('what Lambda does by the role of a function', () => {
  const handler = { Shop: 'export const handler = () => 1;' };

  test('needs the grant to write its log', async () => {
    const { ShopPolicy: _, ...ungranted } = functionOf('Shop');
    const { lambdas } = servicesOf(ungranted, handler);

    await expect(lambdas.start()).rejects.toThrow(
      'App-ShopRole is not authorized to perform: logs:CreateLogStream',
    );
  });

  test('needs the grant to write traces when it is traced', async () => {
    const resources = functionOf('Shop');
    Object.assign(resources['Shop']?.Properties ?? {}, { TracingConfig: { Mode: 'Active' } });
    const { lambdas } = servicesOf(resources, handler);

    await expect(lambdas.start()).rejects.toThrow('xray:PutTraceSegments');
  });

  test('needs a log group of the templates', async () => {
    const { ShopLogs: _, ...withoutLogs } = functionOf('Shop');
    Object.assign(withoutLogs['Shop']?.Properties ?? {}, { LoggingConfig: {} });
    const policy = withoutLogs['ShopPolicy']?.Properties ?? {};
    policy['PolicyDocument'] = { Statement: { Effect: 'Allow', Action: 'a:B', Resource: '*' } };
    const { lambdas } = servicesOf(withoutLogs, handler);

    await expect(lambdas.start()).rejects.toThrow('only functions with a log group');
  });
});
