import {
  ApplyGuardrailCommand,
  type BedrockRuntimeClient,
  type GuardrailAssessment,
} from '@aws-sdk/client-bedrock-runtime';
import type { ContentGuardrail } from '../ports/content-drafter.ts';

export interface BedrockGuardrailOptions {
  readonly client: Pick<BedrockRuntimeClient, 'send'>;
  readonly guardrailId: string;
  readonly guardrailVersion: string;
}

/** Characters of a query (user guide, "Use contextual grounding check"); the source may have 100,000, a text 5,000. */
const MOST_OF_QUESTION = 1_000;

/** Asks a guardrail of Bedrock about a text, with the facts for its ground. */
export const bedrockGuardrail = ({
  client,
  guardrailId,
  guardrailVersion,
}: BedrockGuardrailOptions): ContentGuardrail => ({
  check: async ({ text, facts, question }) => {
    const source = facts.map((fact) => `${fact.type}: ${fact.text}`).join('\n');
    const answer = await client.send(
      new ApplyGuardrailCommand({
        guardrailIdentifier: guardrailId,
        guardrailVersion,
        source: 'OUTPUT',
        content: [
          { text: { text: source, qualifiers: ['grounding_source'] } },
          { text: { text: question.slice(0, MOST_OF_QUESTION), qualifiers: ['query'] } },
          { text: { text, qualifiers: ['guard_content'] } },
        ],
      }),
    );
    if (answer.action !== 'GUARDRAIL_INTERVENED') return [];
    const objections = (answer.assessments ?? []).flatMap(objectionsOf);
    return objections.length > 0
      ? objections
      : [answer.actionReason ?? 'the guardrail intervened and does not say why'];
  },
});

/** Every policy that struck, in words; those that a guardrail does not have are absent. */
const objectionsOf = (assessment: GuardrailAssessment): readonly string[] => [
  ...struck(assessment.contextualGroundingPolicy?.filters).map(
    ({ type, score, threshold }) =>
      `${type?.toLowerCase()} is ${score}, below the guardrail’s ${threshold}`,
  ),
  ...struck(assessment.topicPolicy?.topics).map(({ name }) => `denied topic: ${name}`),
  ...struck(assessment.contentPolicy?.filters).map(
    ({ type, confidence }) => `content filter ${type} (${confidence})`,
  ),
  ...struck(assessment.wordPolicy?.customWords).map(({ match }) => `denied word: ${match}`),
  ...struck(assessment.wordPolicy?.managedWordLists).map(({ match }) => `denied word: ${match}`),
  ...struck(assessment.sensitiveInformationPolicy?.piiEntities).map(
    ({ type }) => `personal data: ${type}`,
  ),
  ...struck(assessment.sensitiveInformationPolicy?.regexes).map(
    ({ name }) => `personal data: ${name}`,
  ),
];

const struck = <Finding extends { readonly action?: string | undefined }>(
  findings: readonly Finding[] = [],
): readonly Finding[] => findings.filter(({ action = 'NONE' }) => action !== 'NONE');
