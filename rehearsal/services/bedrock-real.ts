import {
  ApplyGuardrailCommand,
  BedrockRuntimeClient,
  ConverseCommand,
} from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import type { Service } from './service.ts';

/** Sends what a function asked for to Bedrock itself. */
export type ForwardToBedrock = (
  operation: string,
  input: Parameters<Service>[0]['input'],
) => Promise<unknown>;

const thrown = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

/** Ten minutes, the most that a model of the configuration may take; the function has a limit of its own. */
const TIMEOUT_MS = 600_000;

/**
 * Bedrock with the credentials and region of whoever runs the rehearsal, as the SDK finds them. It asks once: the
 * function's own SDK tries again.
 */
export const forwardToBedrock = (
  client: Pick<BedrockRuntimeClient, 'send'> = new BedrockRuntimeClient({
    maxAttempts: 1,
    requestHandler: { requestTimeout: TIMEOUT_MS, disableConcurrentStreams: true },
  }),
): ForwardToBedrock => {
  const send: Readonly<Record<string, (input: object) => Promise<object>>> = {
    Converse: (input) => client.send(new ConverseCommand(Object(input))),
    ApplyGuardrail: (input) => client.send(new ApplyGuardrailCommand(Object(input))),
  };
  return async (operation, input) => {
    try {
      const { $metadata: _, ...answer } = Object((await send[operation]?.(input)) ?? {});
      return answer;
    } catch (error) {
      throw asAwsError(error);
    }
  };
};

/** Bedrock's own word, for the function to get as it is; anything else is a fault of this machine or network. */
const asAwsError = (cause: unknown): unknown => {
  const { data } = thrown.safeParse(cause);
  const status = data?.$metadata?.httpStatusCode;
  return data === undefined || status === undefined
    ? new AwsError('ServiceUnavailableException', `Bedrock was not reached: ${String(cause)}`, {
        status: 503,
        cause,
      })
    : new AwsError(data.name, data.message, { status, cause });
};
