import type { Cloud } from '../assembly/cloud.ts';
import type { Queues } from './queues.ts';

/** A message that a worker could not deal with, or that was parked. */
export interface DeadLetter {
  readonly messageId: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What lies in the queues that no function works off: parked events, undelivered messages. */
export const deadLettersIn = (queues: Queues): readonly DeadLetter[] =>
  queues
    .waiting()
    .flatMap(({ queue: { logicalId: queue }, messages }) =>
      messages.map(({ messageId, body, attributes }) => ({ messageId, queue, body, attributes })),
    );

/**
 * Sends parked events to the ingress queue again, as `npm run parked -- --redrive` does.
 *
 * @param isMeant which, by the message's id
 * @returns how many
 */
export const redriveParked = (
  cloud: Cloud,
  queues: Queues,
  isMeant: (messageId: string) => boolean,
): number => {
  const arnOf = (name: string): string => {
    // CloudFormation's logical id is the construct's name and a hash of eight digits.
    const queue = cloud
      .ofType('AWS::SQS::Queue')
      .find(({ logicalId }) => logicalId.slice(0, -8) === name);
    if (queue === undefined) throw new Error(`the templates have no queue ${name}`);
    return queue.arn;
  };
  return queues.redrive(arnOf('IngressDeadLetters'), arnOf('IngressQueue'), ({ messageId }) =>
    isMeant(messageId),
  );
};
