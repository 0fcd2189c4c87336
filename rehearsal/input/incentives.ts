import type { Experiments } from '#core/domain/experiments/experiment.ts';
import { referenceOf, type SentMessage } from '../services/sent-message.ts';
import { readable } from './page-visits.ts';

/** The code that a message gives its customer: that of an experiment's arm, where the message says it. */
export const codeIn = (
  message: SentMessage,
  { experiments }: Pick<Experiments, 'experiments'>,
): string | undefined => {
  const { touch = '' } = referenceOf(message);
  const codes = experiments
    .filter(({ touches }) => touches.includes(touch))
    .flatMap(({ arms }) => Object.values(arms).flatMap(({ incentive }) => incentive?.code ?? []));
  if (codes.length === 0) return undefined;
  const text = readable(message);
  return codes.find((code) => new RegExp(`(?<![A-Z0-9-])${code}(?![A-Z0-9-])`).test(text));
};
