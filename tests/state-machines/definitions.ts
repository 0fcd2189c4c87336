import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { advocacy } from '#state-machines/advocacy.contract.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { learnAffinity } from '#state-machines/learn-affinity.contract.ts';
import { notice } from '#state-machines/notice.contract.ts';
import { onboarding } from '#state-machines/onboarding.contract.ts';
import { repurchase } from '#state-machines/repurchase.contract.ts';
import { rollOutContent } from '#state-machines/roll-out-content.contract.ts';
import { scoreCustomers } from '#state-machines/score-customers.contract.ts';
import { support } from '#state-machines/support.contract.ts';

/** Machines that enrol-stage starts, for an order each. */
export const journeys = { fulfilment, onboarding, advocacy, repurchase, notice, support } as const;

export const machines = {
  ...journeys,
  'score-customers': scoreCustomers,
  'learn-affinity': learnAffinity,
  'roll-out-content': rollOutContent,
} as const;

export type MachineName = keyof typeof machines;

/** What starts a machine. */
export type InputOf<Name extends MachineName> = z.input<(typeof machines)[Name]['input']>;

const way = z.looseObject({ Next: z.string(), Assign: z.looseObject({}).optional() });

const state = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  End: z.literal(true).optional(),
  Default: z.string().optional(),
  Choices: z.array(way).optional(),
  Catch: z.array(way).optional(),
  Assign: z.looseObject({}).optional(),
  /** Of a Map: what is done with each item. */
  get ItemProcessor() {
    return definition.optional();
  },
});

const definition = z.looseObject({ States: z.record(z.string(), state) });

export type State = z.output<typeof state>;
export type Definition = z.output<typeof definition>;

/** The file as it is deployed, placeholders and all. */
export const sourceOf = (name: MachineName): string =>
  readFileSync(new URL(`../../state-machines/${name}.asl.json`, import.meta.url), 'utf8');

const arnOf = (placeholder: string): string =>
  `arn:aws:lambda:eu-central-1:123456789012:function:${placeholder}`;

/** The definition as Step Functions gets it: every placeholder filled in. Each call gives a new one. */
export const resolved = (name: MachineName): Definition => {
  const substitutions: readonly string[] = machines[name].substitutions;
  const text = substitutions.reduce(
    (known, placeholder) => known.replaceAll(`\${${placeholder}}`, arnOf(placeholder)),
    sourceOf(name),
  );
  return definition.parse(JSON.parse(text));
};
