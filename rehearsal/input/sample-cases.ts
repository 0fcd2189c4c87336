import { afterwardsCases } from './sample-cases/afterwards.ts';
import { arrivalCases } from './sample-cases/arrivals.ts';
import { kindCases } from './sample-cases/kinds.ts';
import { parcelCases } from './sample-cases/parcels.ts';
import { planCases } from './sample-cases/plans.ts';
import type { SampleCase } from './sample-cases/script.ts';

/** The named orders of the sample shops, each written to show one thing. */
export const sampleCases: readonly SampleCase[] = [
  ...parcelCases,
  ...planCases,
  ...arrivalCases,
  ...kindCases,
  ...afterwardsCases,
];
