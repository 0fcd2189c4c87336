import { describe, expect, test } from 'vitest';
import { bedrockGuardrail } from '#core/adapters/bedrock-guardrail.ts';
import { guardrailsOf } from '#rehearsal/services/bedrock-guardrails.ts';
import { bedrockStage, grantsOfModel, linen } from '../unit/bedrock/bedrock-stage.ts';
import { arnOf, cloudOf, getAtt, type Resources } from '../unit/rehearsal/stage.ts';

const guardrail = (changed: Readonly<Record<string, unknown>> = {}): Resources => ({
  Guard: {
    Type: 'AWS::Bedrock::Guardrail',
    Properties: {
      Name: 'Afterglow texts',
      BlockedInputMessaging: 'No.',
      BlockedOutputsMessaging: 'No.',
      ContextualGroundingPolicyConfig: {
        FiltersConfig: [
          { Type: 'GROUNDING', Threshold: 0.7 },
          { Type: 'RELEVANCE', Threshold: 0.5 },
        ],
      },
      TopicPolicyConfig: {
        TopicsConfig: [
          {
            Name: 'medical advice',
            Definition: 'Says that something heals.',
            Examples: ['This tea cures headaches'],
            Type: 'DENY',
          },
        ],
      },
      ...changed,
    },
  },
  Version: {
    Type: 'AWS::Bedrock::GuardrailVersion',
    Properties: { GuardrailIdentifier: getAtt('Guard', 'GuardrailId') },
  },
});

const GUARDRAIL = 'afterglowtexts';
const granted = [['bedrock:ApplyGuardrail', getAtt('Guard', 'GuardrailArn')]] as const;

const checking = async (
  text: string,
  { guardrailVersion = '1', grants = granted as typeof granted | readonly [] } = {},
) => {
  const { client, authorizer } = await bedrockStage({ grants, resources: guardrail() });
  const { check } = bedrockGuardrail({ client, guardrailId: GUARDRAIL, guardrailVersion });
  const answer = check({ text, facts: linen.facts, question: 'How to care for a duvet cover' });
  return { answer, authorizer };
};

describe('a guardrail', () => {
  test('lets a text pass that the facts bear out', async () => {
    const { answer } = await checking('Wash the duvet cover at 40 °C and dry it in the air.');

    expect(await answer).toEqual([]);
  });

  test('objects to a text that they do not bear out, with the score', async () => {
    const { answer } = await checking(
      'Polished titanium survives volcanoes, guaranteed for decades.',
    );

    expect(await answer).toEqual([
      'grounding is 0, below the guardrail’s 0.7',
      'relevance is 0, below the guardrail’s 0.5',
    ]);
  });

  test.each(['Wash linen for medical advice at 40 °C.', 'Washed linen: this tea cures headaches.'])(
    'objects to a denied topic: %s',
    async (text) => {
      const { answer } = await checking(text);

      expect(await answer).toContain('denied topic: medical advice');
    },
  );

  test('is asked with the facts, the question and the text, each for what it is', async () => {
    const { client, calls } = await bedrockStage({ grants: granted, resources: guardrail() });
    const { check } = bedrockGuardrail({ client, guardrailId: GUARDRAIL, guardrailVersion: '1' });
    const [, material] = linen.facts;

    await check({
      text: 'Washed linen.',
      facts: material === undefined ? [] : [material],
      question: 'q'.repeat(1_200),
    });

    expect(calls).toMatchObject([
      {
        operation: 'ApplyGuardrail',
        input: {
          guardrailIdentifier: GUARDRAIL,
          guardrailVersion: '1',
          source: 'OUTPUT',
          content: [
            { text: { text: 'material: Washed linen', qualifiers: ['grounding_source'] } },
            { text: { text: 'q'.repeat(1_000), qualifiers: ['query'] } },
            { text: { text: 'Washed linen.', qualifiers: ['guard_content'] } },
          ],
        },
      },
    ]);
  });

  test('that is not there does not answer', async () => {
    const { answer } = await checking('Washed linen.', { guardrailVersion: '7' });

    await expect(answer).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('does not answer on a text that is too long for it', async () => {
    const { answer } = await checking('Washed linen. '.repeat(400));

    await expect(answer).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'the guarded has 5600 characters: give 1 to 5000',
    });
  });

  test('is applied by roles that may', async () => {
    const { answer, authorizer } = await checking('Washed linen.', { grants: [] });

    await expect(answer).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(authorizer.denials).toMatchObject([
      { action: 'bedrock:ApplyGuardrail', resource: arnOf('bedrock', `guardrail/${GUARDRAIL}`) },
    ]);
  });

  test('that does not say why is still heard', async () => {
    const said = { action: 'GUARDRAIL_INTERVENED', outputs: [], assessments: [] };
    const { client } = await bedrockStage({
      grants: [['bedrock:ApplyGuardrail', '*']],
      forward: async () => said,
    });
    const { check } = bedrockGuardrail({ client, guardrailId: 'other', guardrailVersion: '1' });

    expect(await check({ text: 'a', facts: linen.facts, question: 'b' })).toEqual([
      'the guardrail intervened and does not say why',
    ]);
  });

  test('says every policy that struck', async () => {
    const BLOCKED = { action: 'BLOCKED' };
    const { client } = await bedrockStage({
      grants: [['bedrock:ApplyGuardrail', '*']],
      forward: async () => ({
        action: 'GUARDRAIL_INTERVENED',
        outputs: [],
        assessments: [
          {
            contentPolicy: {
              filters: [
                { type: 'INSULTS', confidence: 'HIGH', ...BLOCKED },
                { type: 'HATE', confidence: 'LOW', action: 'NONE' },
              ],
            },
            wordPolicy: { customWords: [{ match: 'cheap', ...BLOCKED }], managedWordLists: [] },
            sensitiveInformationPolicy: {
              piiEntities: [{ type: 'EMAIL', match: 'a@b.example', action: 'ANONYMIZED' }],
              regexes: [],
            },
          },
        ],
      }),
    });
    const { check } = bedrockGuardrail({ client, guardrailId: 'other', guardrailVersion: '1' });

    expect(await check({ text: 'a', facts: linen.facts, question: 'b' })).toEqual([
      'content filter INSULTS (HIGH)',
      'denied word: cheap',
      'personal data: EMAIL',
    ]);
  });
});

describe('guardrails of templates', () => {
  test('are known by id, ARN and their first version', () => {
    const cloud = cloudOf(guardrail());

    expect(guardrailsOf(cloud)).toMatchObject([
      {
        id: GUARDRAIL,
        arn: arnOf('bedrock', `guardrail/${GUARDRAIL}`),
        versions: ['DRAFT', '1'],
      },
    ]);
    expect(cloud.ofType('AWS::Bedrock::GuardrailVersion')).toMatchObject([
      { ref: `${GUARDRAIL}|1` },
    ]);
  });

  test('are refused with a policy that is not modelled, by name', () => {
    const cloud = cloudOf(guardrail({ WordPolicyConfig: {} }));

    expect(() => guardrailsOf(cloud)).toThrow(/App\/Guard: .*WordPolicyConfig/s);
  });
});

describe('a model behind a guardrail', () => {
  test('needs a role that may apply it', async () => {
    const { drafter, client } = await bedrockStage({ grants: grantsOfModel });
    const { bedrockDrafter } = await import('#core/adapters/bedrock-drafter.ts');
    const behind = bedrockDrafter({
      client,
      model: {
        key: drafter().model,
        modelId: 'eu.amazon.nova-2-lite-v1:0',
        inputUsdPerMillion: 0,
        outputUsdPerMillion: 0,
        output: 'tool',
        maxTokens: 2_000,
        timeoutSeconds: 30,
        foundationModelArns: [],
      },
      prompt: { version: 'v1', text: 'Write.' },
      schema: { type: 'object' },
      read: () => ({ ok: false, because: 'nothing is read here' }),
      guardrail: { id: 'other', version: '1' },
    });

    await expect(behind.draft(linen)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
