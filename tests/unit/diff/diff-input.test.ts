import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOfSide, readDiffInput } from '../../../bin/diff/diff-input.ts';
import { temporaryFolder } from '#tests/fakes/command-line.ts';

const { folder, fileOf } = temporaryFolder();

const options = { emails: 'customers', consent: '1', seed: '1' };

const placed = (orderId: string, occurredAt: string): string =>
  JSON.stringify({
    source: 'oms.hearth',
    'detail-type': 'OrderPlaced',
    detail: { shop: 'hearth', orderId, occurredAt },
  });

const offer = `- offerId: mug
  type: upsell
  product: { kind: sku, sku: HG-MUG }
  value: { kind: margin, shareOfPrice: 0.5 }
  creative: { en: { headline: The mug, action: Add } }
`;

describe('what both sides are given', () => {
  it('is the first orders of the events, as they come', async () => {
    const events = await fileOf(
      'events.jsonl',
      ['3', '1', '2'].map((id) => placed(id, `2026-03-0${id}T09:00:00Z`)).join('\n'),
    );

    const input = await readDiffInput({ ...options, events, limit: '2' }, folder);

    expect(input.events.map(({ detail }) => detail['orderId'])).toEqual(['1', '2']);
    expect(input.audience).toBe('looks');
  });

  it('is told beside the offers of each version, before the first order', async () => {
    const events = await fileOf('one.jsonl', placed('1', '2026-03-01T09:00:00Z'));
    await mkdir(join(folder, 'version', 'offers'), { recursive: true });
    await fileOf(join('version', 'offers', 'hearth.yaml'), offer);

    const input = await readDiffInput({ ...options, events }, folder);
    const side = await eventsOfSide(input, join(folder, 'version'));

    expect(side.map(({ detailType }) => detailType)).toEqual(['OfferUpdated', 'OrderPlaced']);
    expect(side[0]?.atMs).toBe(input.fromMs);
    expect(await eventsOfSide(input, folder)).toEqual(input.events);
  });

  it('of the sample is without its offers, with what befalls addresses and not calls', async () => {
    const input = await readDiffInput({ ...options, limit: '1', until: '3' }, folder);

    expect(input.events.some(({ detailType }) => detailType === 'OfferUpdated')).toBe(false);
    expect(input.offersFromMs).toBeGreaterThan(input.fromMs);
    expect(input.audience).toBe('sample');
    expect(Object.keys(input.faults ?? {})).toEqual(['bounces', 'unreachable']);
  });

  it.each(['0', '1.5', 'all'])('is refused with a limit of %s', async (limit) => {
    await expect(readDiffInput({ ...options, limit }, folder)).rejects.toThrow(
      `--limit: got "${limit}", expected a whole number of orders from 1`,
    );
  });
});
