import { expect, test } from 'vitest';
import { billOf } from '#rehearsal/cost/bill.ts';
import { countsOf, usageCounts } from '#rehearsal/cost/counts.ts';
import { readPrices } from '#rehearsal/cost/price-list.ts';
import { bootedWith } from '../rehearsal/booted.ts';
import {
  functionOf,
  getAtt,
  MINUTE_MS,
  ref,
  type Resources,
  START_MS,
} from '../rehearsal/stage.ts';

/** A bus and a function that gets its events; eight characters stand for the hash of a logical id. */
const resources: Resources = {
  ...functionOf('Keep00000000'),
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { source: [{ prefix: 'oms.' }] },
      Targets: [{ Arn: getAtt('Keep00000000') }],
    },
  },
  MayInvoke: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Keep00000000'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule'),
    },
  },
};

test('a rehearsal’s counts are as its file has them, and every one of them has a price', async () => {
  const bundle = 'export const handler = () => console.log("kept");';
  const { rehearsal, stateDir } = await bootedWith(resources, bundle, 'Keep00000000');
  const detail = { touch: 'care-guide' };
  rehearsal.schedule([
    { atMs: START_MS + MINUTE_MS, source: 'oms.hearth', detailType: 'Asked', detail },
  ]);
  await rehearsal.run(START_MS + 2 * MINUTE_MS);

  const counts = await countsOf(rehearsal, { of: 'one event', orders: 1, stateDir });

  expect(usageCounts.parse(JSON.parse(JSON.stringify(counts)))).toEqual(counts);
  expect(counts.requests).toEqual({ 'events:PutEvents': 1 });
  expect(counts.functions['Keep']?.invocations).toBe(1);
  expect(counts.hours['invocations']?.[8]).toBe(1);
  const kept = counts.uses.find(({ actor }) => actor === 'Keep');
  expect(kept).toMatchObject({ touch: 'care-guide', units: { lambdaRequests: 1 } });
  expect(kept?.units['logGigabytes']).toBeGreaterThan('kept\n'.length / 1024 ** 3);
  const bill = billOf(counts, await readPrices('prices.json'), {
    ordersPerMonth: 1,
    lambdaFactor: 1,
  });
  expect(bill.costPerOrder).toBeGreaterThan(1.25e-6);
});
