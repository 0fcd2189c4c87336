import { build } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lambdaBundle, root, smallStandIns } from '#lib/bundling/esbuild-options.ts';
import type { ModelFaultShares } from '#rehearsal/bedrock/model-faults.ts';
import { Bedrock } from '#rehearsal/services/bedrock.ts';
import { openGateway } from '#rehearsal/services/gateway.ts';
import { ACCOUNT, arnOf, functionOf, servicesOf } from '../rehearsal/stage.ts';
import { grantsOfModel, linen, MODEL_ID } from './bedrock-stage.ts';

const source = `
  import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
  import { bedrockClientOptions } from '#core/adapters/bedrock-client.ts';
  import { bedrockDrafter } from '#core/adapters/bedrock-drafter.ts';

  const drafter = bedrockDrafter({
    client: new BedrockRuntimeClient(bedrockClientOptions(60)),
    model: { key: 'nova', modelId: '${MODEL_ID}', output: 'tool', maxTokens: 2000 },
    prompt: { version: 'v1', text: 'Write.' },
    schema: { type: 'object' },
    read: (draft) => ({ ok: true, draft }),
  });

  export const handler = async (request) => {
    const { kind, draft } = await drafter.draft(request);
    return { kind, texts: draft?.texts.length, at: Date.now() };
  };
`;

let bundle = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    ...lambdaBundle,
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    alias: smallStandIns,
    write: false,
  });
  bundle = outputFiles[0]?.text ?? '';
});

const DRAFT = arnOf('lambda', 'function:App-Draft');

const started = async (faults: ModelFaultShares = {}) => {
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  const resources = functionOf('Draft', grantsOfModel);
  const { lambdas, clock, cloud, authorizer } = servicesOf(
    resources,
    { Draft: bundle },
    gateway.endpoint,
  );
  const bedrock = new Bedrock({ cloud, authorizer, seed: 'sandbox', faults });
  gateway.serve({ bedrock: bedrock.service }, (role) => `arn:aws:iam::${ACCOUNT}:role/${role}`);
  await lambdas.start();
  return { lambdas, clock, gateway };
};

describe('a bundled function', () => {
  test('drafts over HTTP/2 time and again, while its time stands still', async () => {
    const { lambdas, clock, gateway } = await started();

    for (let index = 0; index < 20; index += 1) {
      const answer = await lambdas.invoke(DRAFT, { ...linen, tone: `Tone ${index}` });

      expect(answer).toEqual({
        ok: true,
        payload: { kind: 'draft', texts: 3, at: clock.now() },
      });
      await clock.runUntil(clock.now() + 3_600_000);
    }

    expect(gateway.requests.get('bedrock:Converse')).toBe(20);
  });

  test('waits for nothing real when it is throttled, and hears of it in the end', async () => {
    const { lambdas, gateway } = await started({ throttled: 1 });

    const answer = await lambdas.invoke(DRAFT, linen);

    expect(answer).toMatchObject({ ok: false, errorType: 'ThrottlingException' });
    expect(gateway.requests.get('bedrock:Converse')).toBe(3);
  });

  test('hears of a model that took too long without waiting for it', async () => {
    const { lambdas } = await started({ timeout: 1 });

    const answer = await lambdas.invoke(DRAFT, linen);

    expect(answer).toMatchObject({ ok: false, errorType: 'ModelTimeoutException' });
  });
});
