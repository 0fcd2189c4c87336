import { sampleCatalogue } from '#rehearsal/input/sample-catalogue.ts';
import type { RollOutOptions } from '#rehearsal/roll-out/rehearse-roll-out.ts';

/** A roll-out over the sample shops' products, whole and without a word. */
export const sampleRollOut: Omit<RollOutOptions, 'assemblyDir' | 'stateDir'> = {
  products: sampleCatalogue,
  startMs: Date.parse('2026-03-01T06:00:00Z'),
  orders: 60,
  seed: '1',
  input: {},
  onProgress: () => undefined,
};
