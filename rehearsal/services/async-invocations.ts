import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer } from './authorizer.ts';
import { inBackground } from './in-background.ts';
import type { Invocation, Lambdas } from './lambdas.ts';
import type { Queues } from './queues.ts';

export interface AsyncInvocationsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly lambdas: Lambdas;
}

/** Lambda retries an asynchronous invocation after one minute, then after two. */
const RETRY_AFTER_MS = [60_000, 120_000];

/**
 * Invocations whose caller does not wait: rules and schedules make them. Lambda queues one, retries
 * it, and hands what still fails to the function's destination.
 */
export class AsyncInvocations {
  readonly #options: AsyncInvocationsOptions;
  #ids = 0;

  constructor(options: AsyncInvocationsOptions) {
    this.#options = options;
  }

  /** Lambda takes a failure destination only when the function's role may send to it. */
  start(): void {
    const { authorizer, cloud, lambdas } = this.#options;
    for (const { properties } of cloud.ofType('AWS::Lambda::EventInvokeConfig')) {
      const resource = destinationOf(properties);
      if (resource === undefined) continue;
      const principal = { arn: lambdas.roleOf(String(properties['FunctionName'])) };
      const context = { 'aws:SecureTransport': 'true' };
      authorizer.assert({ principal, action: 'sqs:SendMessage', resource, context });
    }
  }

  /** @param text the event, as JSON */
  invoke(functionArn: string, text: string): void {
    this.#try(functionArn, text, 0);
  }

  #try(arn: string, text: string, retries: number): void {
    const { clock, lambdas } = this.#options;
    inBackground(clock, async () => {
      const result = await lambdas.invoke(arn, JSON.parse(text));
      if (result.ok) return;
      const afterMs = RETRY_AFTER_MS[retries];
      if (afterMs === undefined) this.#undeliverable(arn, text, result);
      else clock.at(clock.now() + afterMs, () => this.#try(arn, text, retries + 1));
    });
  }

  #undeliverable(arn: string, text: string, failure: FailedInvocation): void {
    const { cloud, clock, lambdas, queues } = this.#options;
    const { name } = lambdas.find(arn);
    const config = cloud
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(({ properties }) => properties['FunctionName'] === name);
    const destination = destinationOf(config?.properties ?? {});
    if (destination === undefined)
      throw new Error(`${name} failed for good and has no failure destination: its event is lost`);
    this.#ids += 1;
    const requestId = `00000000-0000-4000-9000-${String(this.#ids).padStart(12, '0')}`;
    const timestamp = new Date(clock.now()).toISOString();
    const record = failureRecord({ arn, text, failure, requestId, timestamp });
    queues.sendForRole(destination, lambdas.roleOf(arn), record);
  }
}

type FailedInvocation = Extract<Invocation, { ok: false }>;

interface Failure {
  readonly arn: string;
  readonly text: string;
  readonly failure: FailedInvocation;
  readonly requestId: string;
  readonly timestamp: string;
}

/**
 * What a failure destination is sent (Lambda developer guide, "Capturing records of Lambda asynchronous
 * invocations"), but for the stack trace: its file names differ from one machine to the next.
 */
const failureRecord = ({ arn, text, failure, requestId, timestamp }: Failure): string =>
  JSON.stringify({
    version: '1.0',
    timestamp,
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: RETRY_AFTER_MS.length + 1,
    },
    requestPayload: JSON.parse(text),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: failure.errorMessage, errorType: failure.errorType },
  });

const destinationOf = (config: Resource['properties']): string | undefined => {
  const { Destination }: { readonly Destination?: unknown } = {
    ...Object(Object(config['DestinationConfig']).OnFailure),
  };
  return typeof Destination === 'string' ? Destination : undefined;
};
