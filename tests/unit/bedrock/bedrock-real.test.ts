import type { ApplyGuardrailCommand, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { forwardToBedrock } from '#rehearsal/services/bedrock-real.ts';
import { bedrockStage, linen, MODEL_ID } from './bedrock-stage.ts';

interface Sent {
  readonly name: string;
  readonly input: object;
}

/** A client in Bedrock's place that answers, or throws, whatever it is sent. */
const clientThat = (answer: () => object) => {
  const sent: Sent[] = [];
  const client = {
    send: async (command: ConverseCommand | ApplyGuardrailCommand) => {
      sent.push({ name: command.constructor.name, input: command.input });
      return answer();
    },
  };
  return { sent, forward: forwardToBedrock(client) };
};

const answered = {
  $metadata: { httpStatusCode: 200 },
  output: {
    message: {
      role: 'assistant',
      content: [
        { toolUse: { toolUseId: 't', name: 'give_draft', input: { texts: [], proposals: [] } } },
      ],
    },
  },
  stopReason: 'tool_use',
  usage: { inputTokens: 1_234, outputTokens: 56, totalTokens: 1_290 },
  metrics: { latencyMs: 900 },
};

describe('a rehearsal with Bedrock itself', () => {
  test('hands a function’s call on and the answer back, and tells its tokens', async () => {
    const { sent, forward } = clientThat(() => answered);
    const { drafter, modelCalls } = await bedrockStage({ forward });

    const answer = await drafter().draft(linen);

    expect(answer).toEqual({
      kind: 'draft',
      draft: { texts: [], proposals: [] },
      use: { inputTokens: 1_234, outputTokens: 56 },
    });
    expect(sent).toMatchObject([
      {
        name: 'ConverseCommand',
        input: { modelId: MODEL_ID, toolConfig: { toolChoice: { tool: { name: 'give_draft' } } } },
      },
    ]);
    expect(modelCalls).toMatchObject([{ inputTokens: 1_234, outputTokens: 56, faults: [] }]);
  });

  test('gives an error of Bedrock to the function as it is', async () => {
    const { forward } = clientThat(() => {
      throw Object.assign(new Error('The provided model identifier is invalid.'), {
        name: 'ValidationException',
        $metadata: { httpStatusCode: 400 },
      });
    });
    const { drafter } = await bedrockStage({ forward });

    await expect(drafter().draft(linen)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided model identifier is invalid.',
    });
  });

  test('says that Bedrock was not reached where nobody answered', async () => {
    const { sent, forward } = clientThat(() => {
      throw new Error('Could not load credentials from any providers');
    });
    const { drafter } = await bedrockStage({ forward });

    await expect(drafter().draft(linen)).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      message: expect.stringContaining('Could not load credentials'),
    });
    expect(sent).toHaveLength(3);
  });
});
