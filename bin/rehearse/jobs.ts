import { availableParallelism } from 'node:os';
import { UnusableInput } from '../commands/rehearsal-input.ts';

export interface JobsValues {
  readonly jobs: string;
  readonly orders?: string | undefined;
  readonly events?: string | undefined;
  readonly books: boolean;
  readonly bedrock: string;
  readonly resumable: boolean;
  readonly resume: boolean;
  readonly serve?: string | undefined;
}

/** More threads than any machine of one merchant has cores for. */
const MOST_JOBS = 64;

/**
 * Among how many threads a rehearsal is shared.
 *
 * @throws {UnusableInput} for no number, and where the other options ask for what one thread alone can do
 */
export const jobsOf = (values: JobsValues): number => {
  const { jobs } = values;
  const number = jobs === 'max' ? Math.min(availableParallelism(), MOST_JOBS) : Number(jobs);
  if (!/^(max|\d+)$/.test(jobs) || number < 1 || number > MOST_JOBS)
    throw new UnusableInput(
      `--jobs: got "${jobs}", expected a whole number from 1 to ${MOST_JOBS}, or max`,
    );
  const [because] = number > 1 ? inTheWay(values) : [];
  if (because !== undefined)
    throw new UnusableInput(`--jobs ${jobs}: ${because}; leave --jobs out`);
  return number;
};

const inTheWay = (values: JobsValues): readonly string[] => [
  ...(values.orders === undefined && values.events === undefined
    ? ['the sample shop is rehearsed in one thread, so give --orders or --events']
    : []),
  ...(values.books ? ['--books is rehearsed in one thread'] : []),
  ...(values.serve === undefined ? [] : ['--serve shows one thread’s pages']),
  ...(values.resumable || values.resume ? ['only a run of one thread can be resumed'] : []),
  ...(values.bedrock === 'real'
    ? ['--bedrock real is paid for, and every thread would draft the same texts']
    : []),
];
