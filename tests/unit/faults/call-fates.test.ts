import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FaultInjector, type Faults } from '#rehearsal/faults.ts';
import { decideFate } from '#rehearsal/faults/call-fates.ts';
import { withQuietEnd } from '#rehearsal/faults/quiet-end.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import type { FunctionCall } from '#rehearsal/services/fate.ts';

const NOW_MS = Date.parse('2026-03-02T08:00:00Z');

const call = (service: string, operation: string, input = {}): FunctionCall => ({
  functionName: 'IngestEvent',
  service,
  operation,
  input,
});

const put = call('dynamodb', 'PutItem');
const conditional = call('dynamodb', 'PutItem', { ConditionExpression: '#version = :read' });
const send = call('ses', 'SendRawEmail');

const deciding = (faults: Faults, seed = '1') => {
  const injector = new FaultInjector(faults, seed);
  return { injector, decide: decideFate(injector, () => NOW_MS) };
};

const always: Faults = {
  crashes: { before: 1 },
  throttledTables: 1,
  races: 1,
  slowModels: 1,
  outages: [{ service: 'dynamodb', fromMs: NOW_MS, untilMs: NOW_MS + 1 }],
};

describe('a call', () => {
  test('is served when nothing goes wrong', () => {
    const { decide, injector } = deciding({});

    expect([put, conditional, send].map(decide)).toEqual(Array(3).fill({ kind: 'served' }));
    expect(Object.values(injector.injected).every((count) => count === 0)).toBe(true);
  });

  test.each(['before', 'after'] as const)('ends its function %s it had its effect', (when) => {
    const crashing = deciding({ crashes: { [when]: 1 } });
    const hanging = deciding({ timeouts: { [when]: 1 } });

    expect(crashing.decide(send)).toEqual({ kind: 'crash', when });
    expect(hanging.decide(put)).toEqual({ kind: 'timeout', when });
  });

  test.each([
    call('dynamodb', 'GetItem'),
    call('dynamodb', 'Query'),
    call('dynamodb', 'BatchGetItem'),
    call('secretsmanager', 'GetSecretValue'),
    call('s3', 'HeadObject'),
    call('bedrock', 'ApplyGuardrail'),
  ])('that reads never ends it: $service $operation', (reading) => {
    const { decide } = deciding({ crashes: { before: 0.5, after: 0.5 } });

    expect(decide(reading)).toEqual({ kind: 'served' });
  });

  test('of a table is refused as DynamoDB refuses it, in both ways', () => {
    const { decide } = deciding({ throttledTables: 1 });

    const fates = Array.from({ length: 50 }, () => decide(call('dynamodb', 'GetItem')));

    const codes = fates.map((fate) => (fate.kind === 'refused' ? fate.error.code : fate.kind));
    expect(new Set(codes)).toEqual(
      new Set(['ProvisionedThroughputExceededException', 'ThrottlingException']),
    );
  });

  test('is overtaken where it has a condition, and only there', () => {
    const { decide } = deciding({ races: 1 });

    expect(decide(conditional)).toEqual({ kind: 'overtaken' });
    expect(decide(call('dynamodb', 'TransactWriteItems'))).toEqual({ kind: 'overtaken' });
    expect(decide(put)).toEqual({ kind: 'served' });
  });

  test('of a model that is slow is answered when nobody waits any more', () => {
    const { decide, injector } = deciding({ slowModels: 1 });

    expect(decide(call('bedrock', 'Converse'))).toEqual({ kind: 'timeout', when: 'after' });
    expect(injector.injected).toMatchObject({ slowModels: 1, timeoutsAfter: 0 });
  });

  test.each(['dynamodb', 'bedrock', 'states', 'scheduler', 'sqs'] as const)(
    'is answered by 503 while %s is down, and by that before all else',
    (service) => {
      const outages = [{ service, fromMs: NOW_MS, untilMs: NOW_MS + 1 }];
      const { decide, injector } = deciding({ ...always, outages });

      expect(decide(call(service, 'PutItem'))).toMatchObject({
        kind: 'refused',
        error: { code: 'ServiceUnavailable', status: 503 },
      });
      expect(injector.injected).toMatchObject({ outages: 1, throttledTables: 0 });
    },
  );

  test('is left alone in the last days, in which what was cut off ends', () => {
    const { decide } = deciding(withQuietEnd(always, NOW_MS + 3 * DAY_MS));
    const before = deciding(withQuietEnd(always, NOW_MS + 3 * DAY_MS + 1));

    expect(decide(put)).toEqual({ kind: 'served' });
    expect(before.decide(put)).toMatchObject({ kind: 'refused' });
  });
});

test('the same seed decides the same, whatever other functions call in between', () => {
  const faults = { crashes: { before: 0.2, after: 0.2 }, throttledTables: 0.2, races: 0.3 };
  const between = fc.array(fc.constantFrom(send, call('sqs', 'SendMessage')));

  fc.assert(
    fc.property(fc.string(), between, (seed, others) => {
      const alone = deciding(faults, seed);
      const beside = deciding(faults, seed);

      const first = Array.from({ length: 10 }, () => alone.decide(conditional));
      others.forEach(beside.decide);

      expect(Array.from({ length: 10 }, () => beside.decide(conditional))).toEqual(first);
    }),
  );
});

test('about as many are struck as the shares say, each counted', () => {
  const { decide, injector } = deciding({ crashes: { before: 0.1, after: 0.2 } });

  const fates = Array.from({ length: 2000 }, () => decide(put));

  const { crashesBefore, crashesAfter } = injector.injected;
  expect(fates.filter(({ kind }) => kind === 'crash')).toHaveLength(crashesBefore + crashesAfter);
  expect(crashesBefore / 2000).toBeCloseTo(0.1, 1);
  expect(crashesAfter / 2000).toBeCloseTo(0.2, 1);
});
