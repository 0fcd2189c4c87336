import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const mutation = z.strictObject({
  /** Names it, in words of a file's name. */
  mutation: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words with dashes'),
  /** Of the repository. */
  file: z.string(),
  /** Stands in the file exactly once. */
  find: z.string().min(1),
  replace: z.string(),
  /** Which behaviour is gone with it. */
  breaks: z.string(),
  /** Scenarios that have to fail then, by file below `samples/scenarios` without its ending. */
  kills: z.record(z.string(), z.array(z.string()).min(1)),
});

/** A line of the product that is broken on purpose, and what has to notice it. */
export type Mutation = z.output<typeof mutation>;

/** A scenario of the samples: `fulfilment/orders` and its name. */
export interface NamedScenario {
  readonly file: string;
  readonly name: string;
}

export const MUTATIONS = 'tests/mutations/mutations.yaml';

/** Every mutation of the list. @throws {z.ZodError} for an entry that lacks something */
export const readMutations = (): readonly Mutation[] =>
  z.array(mutation).parse(parse(readFileSync(MUTATIONS, 'utf8')));

/** What a mutation makes of its file. @throws where the text does not stand there exactly once */
export const mutated = (
  { mutation: name, file, find, replace }: Mutation,
  text: string,
): string => {
  const times = text.split(find).length - 1;
  if (times === 1) return text.replace(find, () => replace);
  throw new Error(
    `mutation ${name}: got its text ${times} times in ${file}, expected it once: take the text of the line as it is now, or more of it`,
  );
};

/** The scenarios that have to fail. */
export const killedBy = ({ kills }: Mutation): readonly NamedScenario[] =>
  Object.entries(kills).flatMap(([file, names]) => names.map((name) => ({ file, name })));

export const scenarioId = ({ file, name }: NamedScenario): string => `${file}: ${name}`;

/** `samples/scenarios/fulfilment/orders.yaml` of `fulfilment/orders`, and back. */
export const pathOf = (file: string): string => `samples/scenarios/${file}.yaml`;
export const fileOf = (path: string): string =>
  path.replace(/^samples\/scenarios\//, '').replace(/\.yaml$/, '');
