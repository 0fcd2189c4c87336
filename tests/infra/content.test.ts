import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import ownConfig from '#config';
import { contentConfig } from '#core/contracts/content-config.ts';
import { arnsOfModel } from '#lib/constructs/bedrock-model.ts';
import type { Cloud, Resource } from '#rehearsal/assembly/cloud.ts';
import { compileEventPattern } from '#rehearsal/event-pattern/compile-event-pattern.ts';
import { matchesEvent } from '#rehearsal/event-pattern/matches-event.ts';
import { evaluate, type Grant, listGrants } from '#rehearsal/iam/evaluate.ts';
import { readIdentityPolicy } from '#rehearsal/iam/policy.ts';
import cdk from '../../cdk.json' with { type: 'json' };
import { constructOf, synthesizedWith } from './synthesized.ts';

/** The configuration of texts as a file has it, with the least that there must be. */
const texts = (changed: object = {}) =>
  contentConfig.parse({
    models: {
      small: { modelId: 'amazon.small-v1:0', inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
    },
    ...changed,
  });

const deployed = (content?: ReturnType<typeof texts>): Cloud =>
  synthesizedWith('dev', { ...ownConfig, content }).cloud;

const find = (cloud: Cloud, type: string, name: string): Resource => {
  const found = cloud.ofType(type).find((each) => constructOf(each) === name);
  if (found === undefined)
    throw new Error(`no ${type} ${name} among ${cloud.ofType(type).map(constructOf).join(', ')}`);
  return found;
};

const bedrockGrantsIn = (cloud: Cloud): readonly (Grant & { readonly role: string })[] =>
  cloud.ofType('AWS::IAM::Role').flatMap((role) =>
    listGrants(
      cloud
        .ofType('AWS::IAM::Policy')
        .filter(({ properties }) => Object(properties['Roles']).includes(role.name))
        .map(({ logicalId, properties }) =>
          readIdentityPolicy(logicalId, properties['PolicyDocument']),
        ),
    )
      .filter(({ action }) => action.startsWith('bedrock:'))
      .map((grant) => ({ ...grant, role: constructOf(role) })),
  );

const environmentOf = (cloud: Cloud): Readonly<Record<string, unknown>> =>
  Object(find(cloud, 'AWS::Lambda::Function', 'DraftContent').properties['Environment']).Variables;

const guardrail = {
  grounding: 0.8,
  relevance: 0.6,
  deniedTopics: [
    { name: 'Health', definition: 'What a product does for the health.', examples: ['It cures.'] },
  ],
};

const plain = deployed(texts());
const bought = deployed(texts({ onDemand: { enabled: true } }));
const guarded = deployed(texts({ guardrail }));

describe('draft-content', () => {
  test('has a quarter of an hour and a gigabyte, for a product’s calls and the checks', () => {
    expect(find(plain, 'AWS::Lambda::Function', 'DraftContent').properties).toMatchObject({
      Timeout: 900,
      MemorySize: 1024,
    });
  });

  test('may call a model, as may jobs of the machine’s, and only the one in use', () => {
    const two = deployed(
      texts({
        model: 'second',
        models: {
          first: { modelId: 'one.v1', inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
          second: { modelId: 'two.v1', inputUsdPerMillion: 1, outputUsdPerMillion: 2 },
        },
      }),
    );

    const granted = bedrockGrantsIn(two);

    const ofModels = granted.filter(({ resource }) => !resource.includes(':model-invocation-job/'));
    expect(ofModels.map(({ role, action }) => `${role} ${action}`).toSorted()).toEqual([
      'DraftContentRole bedrock:InvokeModel',
      'RollOutBatchRole bedrock:InvokeModel',
      'RollOutMachineRole bedrock:CreateModelInvocationJob',
    ]);
    expect(new Set(ofModels.map(({ resource }) => resource))).toEqual(
      new Set(['arn:aws:bedrock:eu-central-1::foundation-model/two.v1']),
    );
  });
});

describe('a deployment without texts', () => {
  test('has nothing of them, and nobody in it may call a model', () => {
    const cloud = deployed();

    const functions = cloud.ofType('AWS::Lambda::Function').map(constructOf);

    expect(functions.filter((name) => name.endsWith('Content'))).toEqual([]);
    expect(bedrockGrantsIn(cloud)).toEqual([]);
  });
});

describe('what is bought', () => {
  const { properties } = find(bought, 'AWS::Events::Rule', 'ToBought');
  const pattern = compileEventPattern(properties['EventPattern']);
  const takes = (change: string, source = 'afterglow', type = 'OrderChanged'): boolean =>
    matchesEvent(pattern, { source, 'detail-type': type, detail: { change } });

  test('is drafted for when it is placed or added to an order', () => {
    expect(['OrderPlaced', 'OrderAmended'].map((change) => takes(change))).toEqual([true, true]);
  });

  test.each(['OrderCancelled', 'ShipmentDelivered', 'RefundIssued'])(
    'is not what %s tells of',
    (change) => {
      expect(takes(change)).toBe(false);
    },
  );

  test('is what we took in, not what a shop claims or another event says', () => {
    expect(takes('OrderPlaced', 'oms.hearth')).toBe(false);
    expect(takes('OrderPlaced', 'afterglow', 'OrderAccepted')).toBe(false);
  });

  test('is drafted an order at a time, so that one that fails holds up no other', () => {
    expect(
      find(bought, 'AWS::Lambda::EventSourceMapping', 'BoughtMapping').properties,
    ).toMatchObject({
      FunctionName: find(bought, 'AWS::Lambda::Function', 'DraftContent').name,
      BatchSize: 1,
    });
  });

  test('is not drafted unless the configuration says so, but by a roll-out', () => {
    const names = ['AWS::Events::Rule', 'AWS::SQS::Queue', 'AWS::Lambda::EventSourceMapping']
      .flatMap((type) => plain.ofType(type))
      .map(constructOf);

    expect(names.filter((name) => name.includes('Bought'))).toEqual([]);
    expect(find(plain, 'AWS::StepFunctions::StateMachine', 'RollOutMachine').arn).toContain(
      ':stateMachine:',
    );
  });
});

describe('the guardrail', () => {
  test('looks at grounding and relevance as the configuration says, and at its topics', () => {
    const [resource] = guarded.ofType('AWS::Bedrock::Guardrail');

    expect(resource?.properties).toMatchObject({
      Name: expect.stringMatching(/^[0-9a-zA-Z-_]{1,50}$/),
      ContextualGroundingPolicyConfig: {
        FiltersConfig: [
          { Type: 'GROUNDING', Threshold: 0.8 },
          { Type: 'RELEVANCE', Threshold: 0.6 },
        ],
      },
      TopicPolicyConfig: {
        TopicsConfig: [
          {
            Name: 'Health',
            Definition: 'What a product does for the health.',
            Examples: ['It cures.'],
            Type: 'DENY',
          },
        ],
      },
    });
  });

  test('denies no topic where none is named: Bedrock takes no empty list', () => {
    const [resource] = deployed(texts({ guardrail: {} })).ofType('AWS::Bedrock::Guardrail');

    expect(resource?.properties).not.toHaveProperty('TopicPolicyConfig');
  });

  test('is encrypted with the customer-managed key', () => {
    const [resource] = guarded.ofType('AWS::Bedrock::Guardrail');

    expect(resource?.properties['KmsKeyArn']).toBe(guarded.ofType('AWS::KMS::Key')[0]?.arn);
  });

  test('may be asked by draft-content alone, which knows it and its version', () => {
    const asking = bedrockGrantsIn(guarded).filter(
      ({ action }) => action === 'bedrock:ApplyGuardrail',
    );
    const { GUARDRAIL_ID: id, GUARDRAIL_VERSION: version } = environmentOf(guarded);

    expect(asking.map(({ role, resource }) => [role, resource])).toEqual([
      [
        'DraftContentRole',
        `arn:aws:bedrock:${guarded.region}:${guarded.account}:guardrail/${String(id)}`,
      ],
    ]);
    expect(version).toBe('1');
  });

  test('has another version when its configuration is another', () => {
    const versionOf = (cloud: Cloud) =>
      cloud.ofType('AWS::Bedrock::GuardrailVersion').map(({ properties }) => properties);
    const stricter = deployed(texts({ guardrail: { ...guardrail, grounding: 0.9 } }));

    expect(versionOf(guarded)).toHaveLength(1);
    expect(versionOf(stricter)).not.toEqual(versionOf(guarded));
  });

  test('is not there unless the configuration has one, and draft-content knows of none', () => {
    expect(plain.ofType('AWS::Bedrock::Guardrail')).toEqual([]);
    expect(plain.ofType('AWS::Bedrock::GuardrailVersion')).toEqual([]);
    expect(environmentOf(plain)).toMatchObject({ GUARDRAIL_ID: '', GUARDRAIL_VERSION: '' });
  });
});

describe('what a call of a model asks for', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stack = new Stack(new App({ context: cdk.context }), 'Any', { env });
  const mayCall = (modelId: string, resource: string): boolean =>
    evaluate({
      identityPolicies: [
        readIdentityPolicy('model', {
          Statement: {
            Effect: 'Allow',
            Action: 'bedrock:InvokeModel',
            Resource: arnsOfModel(stack, modelId),
          },
        }),
      ],
      request: {
        principal: { arn: 'arn:aws:iam::111122223333:role/any' },
        action: 'bedrock:InvokeModel',
        resource,
        context: {},
      },
    }).allowed;

  test('is the model in the region of the stack', () => {
    expect(arnsOfModel(stack, 'amazon.nova-2-lite-v1:0')).toEqual([
      'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-2-lite-v1:0',
    ]);
  });

  test.each(['us', 'us-gov', 'eu', 'apac', 'jp', 'au', 'ca', 'global'])(
    'is the profile of %s, and its model in any region',
    (geography) => {
      const profile = `${geography}.amazon.nova-2-lite-v1:0`;
      const model = 'foundation-model/amazon.nova-2-lite-v1:0';

      const allowed = [
        `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/${profile}`,
        `arn:aws:bedrock:eu-west-1::${model}`,
        `arn:aws:bedrock:eu-north-1::${model}`,
      ].map((arn) => mayCall(profile, arn));

      expect(allowed).toEqual([true, true, true]);
    },
  );

  test('of the profile for the whole world is its model without a region too', () => {
    // Bedrock user guide, "Global cross-Region inference": a request may go where no region is named.
    expect(mayCall('global.one.v1', 'arn:aws:bedrock:::foundation-model/one.v1')).toBe(true);
  });

  test('is no other model, no other profile and nobody else’s', () => {
    const profile = 'eu.one.v1';

    const allowed = [
      'arn:aws:bedrock:eu-west-1::foundation-model/two.v1',
      'arn:aws:bedrock:eu-west-1:111122223333:inference-profile/us.one.v1',
      'arn:aws:bedrock:eu-west-1:999999999999:inference-profile/eu.one.v1',
    ].map((arn) => mayCall(profile, arn));

    expect(allowed).toEqual([false, false, false]);
  });

  test('is what is named in full, as it is', () => {
    const arn = 'arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/abc123';

    expect(arnsOfModel(stack, arn)).toEqual([arn]);
  });
});
