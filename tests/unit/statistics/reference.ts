import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** A file of tests/fixtures/reference, which says its source and how it was made. */
export const reference = <Shape>(name: string, schema: z.ZodType<Shape>): Shape =>
  schema.parse(
    JSON.parse(readFileSync(new URL(`../../fixtures/reference/${name}`, import.meta.url), 'utf8')),
  );
