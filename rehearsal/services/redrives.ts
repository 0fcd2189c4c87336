import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { QueueMessage } from './queue-message.ts';
import type { Queues } from './queues.ts';

export interface RedrivesOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly queues: Queues;
  readonly invocations: AsyncInvocations;
}

const DAY_MS = 86_400_000;

/**
 * An operator who does what the runbook says to alarms whose cause is gone: has messages that were given up tried
 * again, and invokes functions again with what they failed for. What was parked with a reason stays where it is.
 */
export class Redrives {
  /** Messages that were tried again. */
  count = 0;
  readonly #options: RedrivesOptions;

  constructor(options: RedrivesOptions) {
    this.#options = options;
  }

  /**
   * Has them come by every day.
   *
   * @param untilMs after which they come once more: what fails then fails for good
   */
  start(untilMs: number): void {
    const { clock } = this.#options;
    clock.at(clock.now() + DAY_MS, () => {
      this.workOff();
      if (clock.now() < untilMs) this.start(untilMs);
    });
  }

  /** Works off what lies there now. */
  workOff(): void {
    const { cloud, queues, invocations } = this.#options;
    for (const { arn, properties } of cloud.ofType('AWS::SQS::Queue')) {
      const { deadLetterTargetArn } = Object(properties['RedrivePolicy']);
      if (typeof deadLetterTargetArn === 'string')
        this.count += queues.redrive(deadLetterTargetArn, arn, isGivenUp);
      else
        for (const { body } of queues.takeOut(arn, isFailure)) {
          const { functionArn, payload } = failureOf(body);
          this.count += 1;
          invocations.invoke(functionArn, payload);
        }
    }
  }
}

const isGivenUp = ({ attributes }: QueueMessage): boolean => attributes['reason'] === undefined;

/** Whether it is Lambda's record of an asynchronous invocation that failed. */
const isFailure = ({ body }: Pick<QueueMessage, 'body'>): boolean =>
  body.startsWith('{"version":"1.0"') && body.includes('"requestPayload":');

const failureOf = (body: string) => {
  const { requestContext, requestPayload } = Object(JSON.parse(body));
  return {
    functionArn: String(Object(requestContext).functionArn).replace(/:\$LATEST$/, ''),
    payload: JSON.stringify(requestPayload),
  };
};
