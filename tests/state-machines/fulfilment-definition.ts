import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';

/** The file as it is deployed, placeholders and all. */
export const source = readFileSync(
  new URL('../../state-machines/fulfilment.asl.json', import.meta.url),
  'utf8',
);

const arnOf = (placeholder: string): string =>
  `arn:aws:lambda:eu-central-1:123456789012:function:${placeholder}`;

const definition = z.looseObject({ States: z.record(z.string(), z.looseObject({})) });

/** The definition as Step Functions gets it: every placeholder filled in. Each call gives a new one. */
export const resolved = (): z.output<typeof definition> =>
  definition.parse(
    JSON.parse(
      fulfilment.substitutions.reduce(
        (text, name) => text.replaceAll(`\${${name}}`, arnOf(name)),
        source,
      ),
    ),
  );
