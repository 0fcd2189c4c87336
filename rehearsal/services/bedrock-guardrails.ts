import * as z from 'zod';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import { AwsError } from './aws-error.ts';

const filter = z.object({ Type: z.enum(['GROUNDING', 'RELEVANCE']), Threshold: z.number() });

const topic = z.object({
  Name: z.string(),
  Definition: z.string(),
  Examples: z.array(z.string()).default([]),
});

/** Other policies of a guardrail would be passed over in silence, so they are refused. */
const properties = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  BlockedInputMessaging: z.string(),
  BlockedOutputsMessaging: z.string(),
  KmsKeyArn: z.unknown().optional(),
  Tags: z.unknown().optional(),
  CrossRegionConfig: z.unknown().optional(),
  ContextualGroundingPolicyConfig: z.object({ FiltersConfig: z.array(filter) }).optional(),
  TopicPolicyConfig: z.object({ TopicsConfig: z.array(topic) }).optional(),
});

export interface Guardrail {
  readonly id: string;
  readonly arn: string;
  readonly versions: readonly string[];
  readonly settings: z.output<typeof properties>;
}

/** The guardrails of the templates. @throws for a policy that is not modelled, naming the resource */
export const guardrailsOf = (cloud: Cloud): readonly Guardrail[] => {
  const versions = cloud.ofType('AWS::Bedrock::GuardrailVersion');
  return cloud.ofType('AWS::Bedrock::Guardrail').map((resource) => {
    const { arn } = resource;
    const id = arn.split('/').at(-1) ?? '';
    const isVersioned = versions.some(({ properties: { GuardrailIdentifier: of } }) =>
      [id, arn].includes(String(of)),
    );
    return {
      id,
      arn,
      versions: ['DRAFT', ...(isVersioned ? ['1'] : [])],
      settings: settingsOf(resource),
    };
  });
};

const settingsOf = (resource: Resource): Guardrail['settings'] => {
  const parsed = properties.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${resource.stack}/${resource.logicalId}: the rehearsal models contextual grounding and denied topics of guardrails: ${z.prettifyError(parsed.error)}`,
  );
};

const text = z.object({
  text: z.object({
    text: z.string(),
    qualifiers: z.array(z.enum(['grounding_source', 'query', 'guard_content'])).default([]),
  }),
});

const applyInput = z.object({
  source: z.enum(['INPUT', 'OUTPUT']),
  content: z.array(text).min(1),
});

/** Characters that contextual grounding takes (user guide, "Use contextual grounding check"). */
const MOST_CHARACTERS = { source: 100_000, query: 1_000, guarded: 5_000 } as const;

/**
 * Answers as ApplyGuardrail does (API reference, ApplyGuardrail). Grounding is the share of a text's longer words that
 * the source has, relevance the same for source and query; a topic is denied by its name, or by most words of an
 * example. A guardrail of AWS judges by a model: this one only shows what happens when it objects.
 *
 * @throws {AwsError} ValidationException
 */
export const applyGuardrail = ({ settings }: Guardrail, input: unknown): unknown => {
  const parsed = applyInput.safeParse(input);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const parts = partsOf(parsed.data.content);
  const filters = groundingOf(settings, parts);
  const topics = topicsOf(settings, parts.guarded);
  const isBlocked = topics.length > 0 || filters.some(({ action }) => action === 'BLOCKED');
  const units = Math.ceil(parts.guarded.length / 1_000);
  return {
    usage: {
      topicPolicyUnits: settings.TopicPolicyConfig === undefined ? 0 : units,
      contentPolicyUnits: 0,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits:
        filters.length === 0
          ? 0
          : Math.ceil((parts.source.length + parts.query.length + parts.guarded.length) / 1_000),
    },
    action: isBlocked ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: isBlocked ? [{ text: settings.BlockedOutputsMessaging }] : [],
    assessments: [
      {
        ...(topics.length > 0 ? { topicPolicy: { topics } } : {}),
        ...(filters.length > 0 ? { contextualGroundingPolicy: { filters } } : {}),
      },
    ],
    guardrailCoverage: {
      textCharacters: { guarded: parts.guarded.length, total: parts.guarded.length },
    },
  };
};

type Parts = Readonly<Record<'source' | 'query' | 'guarded', string>>;

const partsOf = (content: z.output<typeof applyInput>['content']): Parts => {
  const of = (qualifier: string): string =>
    content
      .filter(({ text: { qualifiers } }) => qualifiers.some((each) => each === qualifier))
      .map(({ text: part }) => part.text)
      .join('\n');
  const unqualified = content
    .filter(({ text: { qualifiers } }) => qualifiers.length === 0)
    .map(({ text: part }) => part.text);
  const guarded = [of('guard_content'), ...unqualified].filter((each) => each !== '').join('\n');
  return { source: of('grounding_source'), query: of('query'), guarded };
};

const groundingOf = (
  { ContextualGroundingPolicyConfig: policy }: Guardrail['settings'],
  parts: Parts,
) => {
  if (policy === undefined) return [];
  for (const [name, most] of Object.entries(MOST_CHARACTERS)) {
    const part = new Map(Object.entries(parts)).get(name) ?? '';
    if (part === '' || part.length > most)
      throw invalid(`the ${name} has ${part.length} characters: give 1 to ${most}`);
  }
  const scores = {
    GROUNDING: overlap(parts.guarded, parts.source),
    RELEVANCE: overlap(parts.guarded, `${parts.source}\n${parts.query}`),
  };
  return policy.FiltersConfig.map(({ Type: type, Threshold: threshold }) => {
    const score = scores[type];
    const isDetected = score < threshold;
    return {
      type,
      threshold,
      score,
      action: isDetected ? 'BLOCKED' : 'NONE',
      detected: isDetected,
    };
  });
};

const topicsOf = ({ TopicPolicyConfig: policy }: Guardrail['settings'], guarded: string) =>
  (policy?.TopicsConfig ?? [])
    .filter(
      ({ Name, Examples }) =>
        overlap(Name, guarded) === 1 ||
        Examples.some((example) => overlap(example, guarded) >= MOST_OF_EXAMPLE),
    )
    .map(({ Name: name }) => ({ name, type: 'DENY', action: 'BLOCKED', detected: true }));

const MOST_OF_EXAMPLE = 0.7;

/** Shorter words say little; of longer ones the beginning stands for all forms. */
const STEM = { least: 4, most: 6 } as const;

const stemsOf = (from: string): readonly string[] =>
  (from.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length >= STEM.least || /\d/.test(word))
    .map((word) => word.slice(0, STEM.most));

/** The share of the words of one text that another has; 1 for a text without words. */
const overlap = (of: string, by: string): number => {
  const words = stemsOf(of);
  const known = new Set(stemsOf(by));
  const found = words.filter((word) => known.has(word)).length;
  return words.length === 0 ? 1 : Math.round((100 * found) / words.length) / 100;
};

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
