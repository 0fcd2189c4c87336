import { createHash } from 'node:crypto';
import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ContentConfig } from '#core/contracts/content-config.ts';

export interface ContentGuardrailProps {
  readonly key: IKey;
  readonly config: NonNullable<ContentConfig['guardrail']>;
}

/** Bedrock's own look at a text: grounded in its facts, to the question, and on no denied topic. */
export class ContentGuardrail extends Construct {
  readonly guardrailId: string;
  readonly guardrailArn: string;
  readonly version: string;

  constructor(scope: Construct, id: string, { key, config }: ContentGuardrailProps) {
    super(scope, id);
    const { grounding, relevance, deniedTopics } = config;
    const guardrail = new CfnGuardrail(this, 'Guardrail', {
      name: this.node.addr.slice(0, 50),
      description: 'Looks at texts of products before they may be sent',
      blockedInputMessaging: 'refused',
      blockedOutputsMessaging: 'refused',
      kmsKeyArn: key.keyArn,
      contextualGroundingPolicyConfig: {
        filtersConfig: [
          { type: 'GROUNDING', threshold: grounding },
          { type: 'RELEVANCE', threshold: relevance },
        ],
      },
      ...(deniedTopics.length === 0
        ? {}
        : {
            topicPolicyConfig: {
              topicsConfig: deniedTopics.map((topic) => ({ ...topic, type: 'DENY' })),
            },
          }),
    });
    this.guardrailId = guardrail.attrGuardrailId;
    this.guardrailArn = guardrail.attrGuardrailArn;
    this.version = new CfnGuardrailVersion(this, 'Version', {
      guardrailIdentifier: guardrail.attrGuardrailId,
      // A version is a copy: another configuration is another one.
      description: createHash('sha256').update(JSON.stringify(config)).digest('hex'),
    }).attrVersion;
  }
}
