import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resourceTypes } from '#rehearsal/assembly/resource-types.ts';
import { billOf } from '#rehearsal/cost/bill.ts';
import { readCounts } from '#rehearsal/cost/counts-file.ts';
import {
  monthlyPriceOf,
  priceOf,
  readJsonAs,
  readPrices,
  serviceOf,
} from '#rehearsal/cost/price-list.ts';
import { quotaLines, quotaList } from '#rehearsal/cost/quotas.ts';
import { sectionsOf } from '#rehearsal/cost/report.ts';
import { assumedPrices } from '#rehearsal/services/text-price.ts';
import { counted, priced } from './counted.ts';

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-cost-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
};

describe('prices.json', () => {
  test('says for each unit that it prices which service charges it', async () => {
    const prices = await readPrices('prices.json');
    const units = [...Object.keys(prices.perMillion), ...Object.keys(prices.perUnit)];

    const services = units.map((unit) => serviceOf(prices, unit));

    expect(services).toHaveLength(units.length);
  });

  test('says of every type of resource that a rehearsal knows what it costs a month', async () => {
    const prices = await readPrices('prices.json');

    for (const type of Object.keys(resourceTypes))
      expect(monthlyPriceOf(prices, type)).toBeGreaterThanOrEqual(0);
  });

  test('has for texts what the rehearsal charges the shop’s budget', async () => {
    const prices = await readPrices('prices.json');

    for (const [country, { perPart, carrierFee }] of Object.entries(assumedPrices))
      expect(priceOf(prices, `smsParts ${country}`)).toBeCloseTo(perPart + carrierFee, 9);
  });
});

describe('a file that cannot be used', () => {
  test('is named with what is wrong in it', async () => {
    const file = join(folder(), 'prices.json');
    writeFileSync(file, JSON.stringify({ ...priced, perMillion: { emails: -1 } }));

    await expect(readPrices(file)).rejects.toThrow(/prices\.json is not as expected.*emails/s);
  });

  test('is named when it is none', async () => {
    await expect(readPrices(join(folder(), 'none.json'))).rejects.toThrow(
      /none\.json cannot be read/,
    );
  });
});

describe('the counts of a rehearsal', () => {
  test('are read from where it left them', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'summary.json'), '{}');
    writeFileSync(join(dir, 'counts.json'), JSON.stringify(counted()));

    expect(await readCounts(dir)).toEqual(counted());
  });

  test('are missed by name: no rehearsal, or one without them', async () => {
    const dir = folder();

    await expect(readCounts(dir)).rejects.toThrow(/no finished rehearsal/);
    writeFileSync(join(dir, 'summary.json'), '{}');
    await expect(readCounts(dir)).rejects.toThrow(/no counts\.json/);
  });
});

test('a report names what is to be raised, what was not counted and its command’s assumptions', async () => {
  const quotas = await readJsonAs('quotas.json', quotaList);
  const volume = { ordersPerMonth: 5_000_000, lambdaFactor: 3.5 };
  const demand = { ...volume, peak: 8, peakHours: 24, region: 'eu-central-1' };

  const text = JSON.stringify(
    sectionsOf({
      command: 'npm run cost',
      of: 'ten orders',
      ordersRehearsed: 10,
      ordersPerMonth: 5_000_000,
      prices: priced,
      lambda: { factor: 3.5, functions: {} },
      bill: billOf(counted(), priced, volume),
      peak: { factor: 8, hours: 24 },
      quotas: {
        asOf: quotas.asOf,
        region: 'eu-central-1',
        lines: quotaLines(counted(), quotas, demand),
      },
    }),
  );

  expect(text).toMatch(/To be raised before such a volume: [^"]*SES sending rate/);
  expect(text).toMatch(/Nothing of these was counted: [^"]*Firehose records of a stream/);
  expect(text).toMatch(/lambdaGbSeconds is an estimate: [^"]*3\.5/);
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});
