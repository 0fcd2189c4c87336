import type { Evidence } from './evidence.ts';
import { type Invariant, isRecent } from './invariant.ts';

/** Only events that could not be used lie here. */
const PARKED_QUEUE = /^IngressDeadLetters/;

/** What a queue was given is worked off, or lies where it was put for a reason. */
export const queuesEmpty: Invariant = {
  name: 'queues empty',
  means:
    'no message has been in a queue for a day, and none was given up: what lies there was parked, with its reason',
  violations: (evidence) => [...undelivered(evidence), ...waiting(evidence)],
};

const undelivered = ({ letters }: Evidence): readonly string[] =>
  letters
    .filter(
      ({ queue, attributes }) => !PARKED_QUEUE.test(queue) || attributes['reason'] === undefined,
    )
    .map(({ queue, body }) => `undelivered in ${queue}: ${body.slice(0, 200)}`);

const waiting = (evidence: Evidence): readonly string[] =>
  evidence.underway
    .filter(({ sentMs }) => !isRecent(evidence, sentMs))
    .map(
      ({ queue, body, sentMs }) =>
        `in ${queue} since ${new Date(sentMs).toISOString()}: ${body.slice(0, 200)}`,
    );
