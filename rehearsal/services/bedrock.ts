import * as z from 'zod';
import type { Cloud } from '../assembly/cloud.ts';
import { converse, converseInput } from '../bedrock/converse.ts';
import {
  type ModelFault,
  ModelFaultInjector,
  type ModelFaultShares,
  type ServiceFault,
} from '../bedrock/model-faults.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { assertMayInvoke } from './bedrock-access.ts';
import { applyGuardrail, type Guardrail, guardrailsOf } from './bedrock-guardrails.ts';
import type { ForwardToBedrock } from './bedrock-real.ts';
import { type Service, type ServiceCall, textOf } from './service.ts';

/** A call of a model that was answered: what it used, and what went wrong on purpose. */
export interface ModelCall {
  readonly modelId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly stopReason: string;
  readonly faults: readonly ModelFault[];
  /** Of a job of batch inference, which has a price of its own. */
  readonly isInBatch: boolean;
}

export interface BedrockOptions {
  readonly cloud: Cloud;
  readonly authorizer: Authorizer;
  readonly seed: string;
  /** @default none */
  readonly faults?: ModelFaultShares | undefined;
  /** @default the stand-in answers */
  readonly forward?: ForwardToBedrock | undefined;
  readonly onModelCall?: ((call: ModelCall) => void) | undefined;
}

const usage = z.object({
  stopReason: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
});

/** Bedrock's runtime: Converse and ApplyGuardrail, by a stand-in or by Bedrock itself. */
export class Bedrock {
  readonly #options: BedrockOptions;
  readonly #faults: ModelFaultInjector;
  readonly #guardrails: readonly Guardrail[];

  constructor(options: BedrockOptions) {
    this.#options = options;
    this.#faults = new ModelFaultInjector(options.faults, options.seed);
    this.#guardrails = guardrailsOf(options.cloud);
  }

  /** How often each fault happened; none that did not. */
  get injected(): ModelFaultInjector['injected'] {
    return this.#faults.injected;
  }

  readonly service: Service = async ({ principal, operation, input }) => {
    if (operation === 'Converse') return this.#converse(principal, input);
    if (operation === 'ApplyGuardrail') return this.#applyGuardrail(principal, input);
    throw new AwsError('InvalidAction', `Bedrock ${operation} is not modelled by the rehearsal`);
  };

  /** A record of a job, by the role that does it. @throws {AwsError} as Converse */
  answerRecord(principal: Principal, input: ServiceCall['input']): Promise<unknown> {
    return this.#converse(principal, input, true);
  }

  async #converse(
    principal: Principal,
    input: ServiceCall['input'],
    isInBatch = false,
  ): Promise<unknown> {
    const { forward } = this.#options;
    const modelId = textOf(input, 'modelId');
    assertMayInvoke(this.#options, principal, modelId);
    const guardrail = textOf(Object(input['guardrailConfig']), 'guardrailIdentifier');
    if (guardrail !== '') this.#assertMayApply(principal, guardrail);
    const answered =
      forward === undefined ? this.#composed(input) : await told(forward('Converse', input));
    const { answer, faults } = answered;
    const { stopReason, usage: used } = usage.parse(answer);
    const { inputTokens, outputTokens } = used;
    // Bedrock itself is asked by calls, at their price.
    const isStoodIn = forward === undefined;
    const call = {
      modelId,
      inputTokens,
      outputTokens,
      stopReason,
      faults,
      isInBatch: isStoodIn && isInBatch,
    };
    this.#options.onModelCall?.(call);
    return answer;
  }

  #composed(input: ServiceCall['input']) {
    const strike = this.#faults.strike(JSON.stringify(input));
    if (strike.service !== undefined) {
      this.#faults.happened(strike.service);
      throw refusals[strike.service]();
    }
    const parsed = converseInput.safeParse(input);
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const composed = conversed(parsed.data, strike);
    for (const fault of composed.faults) this.#faults.happened(fault);
    return composed;
  }

  /** A guardrail of the templates is on nobody's account: the stand-in answers for it in any case. */
  async #applyGuardrail(principal: Principal, input: ServiceCall['input']): Promise<unknown> {
    const asked = textOf(input, 'guardrailIdentifier');
    const version = textOf(input, 'guardrailVersion');
    this.#assertMayApply(principal, asked);
    const guardrail = this.#guardrails.find(({ id, arn }) => id === asked || arn === asked);
    const { forward } = this.#options;
    if (guardrail === undefined && forward !== undefined) return forward('ApplyGuardrail', input);
    if (guardrail === undefined || !guardrail.versions.includes(version))
      throw new AwsError(
        'ResourceNotFoundException',
        `The guardrail identifier or version provided in the request does not exist: ${asked} ${version}`,
      );
    return applyGuardrail(guardrail, input);
  }

  #assertMayApply(principal: Principal, guardrail: string): void {
    const { authorizer, cloud } = this.#options;
    const resource = guardrail.startsWith('arn:')
      ? guardrail
      : `arn:aws:bedrock:${cloud.region}:${cloud.account}:guardrail/${guardrail}`;
    authorizer.assert({ principal, action: 'bedrock:ApplyGuardrail', resource });
  }
}

interface BedrockSettings {
  readonly seed: string;
  readonly faults?: { readonly bedrock?: ModelFaultShares | undefined } | undefined;
  readonly bedrock?: 'stand-in' | 'real' | undefined;
  readonly onModelCall?: BedrockOptions['onModelCall'];
}

/** Bedrock as the options of a rehearsal say. */
export const bedrockOf = (
  stage: Pick<BedrockOptions, 'cloud' | 'authorizer'>,
  { seed, faults, bedrock, onModelCall }: BedrockSettings,
): Bedrock =>
  new Bedrock({
    ...stage,
    seed,
    faults: faults?.bedrock,
    forward: bedrock === 'real' ? toBedrockItself() : undefined,
    onModelCall,
  });

/** The SDK's client is loaded where it is asked for: no other rehearsal needs it. */
const toBedrockItself = (): ForwardToBedrock => {
  const forward = import('./bedrock-real.ts').then(({ forwardToBedrock }) => forwardToBedrock());
  return async (operation, input) => (await forward)(operation, input);
};

const told = async (
  answer: Promise<unknown>,
): Promise<{ readonly answer: unknown; readonly faults: readonly ModelFault[] }> => ({
  answer: await answer,
  faults: [],
});

const conversed = (...parts: Parameters<typeof converse>): ReturnType<typeof converse> => {
  try {
    return converse(...parts);
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`the rehearsal cannot compose of this message: ${because}`, cause);
  }
};

const invalid = (message: string, cause?: unknown): AwsError =>
  new AwsError('ValidationException', message, { cause });

/** In the words of the service (API reference, Converse, "Errors"). */
const refusals: Readonly<Record<ServiceFault, () => AwsError>> = {
  throttled: () =>
    new AwsError('ThrottlingException', 'Too many requests, please wait before trying again.', {
      status: 429,
    }),
  timeout: () =>
    new AwsError('ModelTimeoutException', 'The model took too long to process the request.', {
      status: 408,
    }),
  unavailable: () =>
    new AwsError('ServiceUnavailableException', 'Bedrock is unable to process your request.', {
      status: 503,
    }),
};
