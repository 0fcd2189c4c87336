import * as z from 'zod';
import type { Digest } from '../ports/digest.ts';
import type { DraftRequest } from '../ports/content-drafter.ts';
import type { BatchOutput, DraftBatch, RecordOf } from '../ports/draft-batch.ts';
import { answerOf, useOf } from './bedrock-answer.ts';
import { type AskingOptions, converseInputs, type ReadDraft } from './bedrock-drafter.ts';

export interface BedrockBatchOptions extends AskingOptions {
  readonly read: ReadDraft;
  readonly digest: Digest;
}

/** 96 bits tell 50,000 records apart. */
const ID_LENGTH = 24;

const tokens = z.number().nonnegative().optional();

/** Of Converse's answer what is read here; all else is left out, so that a product's line stays short. */
const modelOutput = z.object({
  output: z
    .object({
      message: z.object({
        content: z.array(
          z.object({
            text: z.string().optional(),
            toolUse: z.object({ name: z.string().optional(), input: z.unknown() }).optional(),
          }),
        ),
      }),
    })
    .optional(),
  stopReason: z.string(),
  usage: z.object({
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadInputTokens: tokens,
    cacheWriteInputTokens: tokens,
  }),
});

const outputLine = z.union([
  z.object({ recordId: z.string(), modelOutput }),
  z.object({
    recordId: z.string(),
    error: z.object({ errorCode: z.unknown(), errorMessage: z.string().default('') }),
  }),
]);

/**
 * Records of Bedrock's batch inference, of the type Converse: `modelInput` is the body of the request that a call would
 * send, `modelOutput` that of its answer (user guide, "Format and upload your batch inference data" and "View the results
 * of a batch inference job").
 */
export const bedrockBatch = ({ read, digest, ...options }: BedrockBatchOptions): DraftBatch => {
  const inputOf = converseInputs(options);
  const named = ({ shop, sku }: RecordOf, request: DraftRequest) => {
    // The model stands in the path of a call, and in a job's own request.
    const { modelId: _, ...modelInput } = inputOf(request);
    const id = digest(JSON.stringify([shop, sku, modelInput])).slice(0, ID_LENGTH);
    return { recordId: id, modelInput };
  };
  return {
    record: (of, request) => {
      const record = named(of, request);
      return { recordId: record.recordId, line: JSON.stringify(record) };
    },
    read: readOutput,
    answer: (of, request, answers) => {
      if (answers.length === 0) return undefined;
      const { recordId } = named(of, request);
      const given = answers.find((each) => each.recordId === recordId);
      const { data } = modelOutput.safeParse(given?.output);
      return data === undefined ? undefined : answerOf(data, read);
    },
  };
};

const readOutput = (line: string): BatchOutput => {
  const { data, error } = outputLine.safeParse(jsonOf(line));
  if (data === undefined)
    return { kind: 'failed', because: `a line of no known form: ${z.prettifyError(error)}` };
  if ('error' in data) {
    const { errorCode, errorMessage } = data.error;
    return { kind: 'failed', because: `${String(errorCode)} ${errorMessage}`.trim() };
  }
  const { recordId, modelOutput: output } = data;
  return { kind: 'answered', recordId, output, use: useOf(output) };
};

/** A line that was cut off has no form at all. */
const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
