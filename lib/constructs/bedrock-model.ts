import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Inference profiles begin with where their requests may go. */
const GEOGRAPHY = /^(?:us|us-gov|eu|apac|jp|au|ca|global)\./;

/**
 * What a call of a model asks IAM for: the model; of an inference profile the profile, and the model in every region
 * that it may lead to (Bedrock user guide, "Prerequisites for inference profiles").
 */
export const arnsOfModel = (scope: IConstruct, modelId: string): readonly string[] => {
  if (modelId.startsWith('arn:')) return [modelId];
  const { partition, region, account } = Stack.of(scope);
  const modelIn = (where: string, id: string) =>
    `arn:${partition}:bedrock:${where}::foundation-model/${id}`;
  if (!GEOGRAPHY.test(modelId)) return [modelIn(region, modelId)];
  return [
    `arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`,
    modelIn('*', modelId.replace(GEOGRAPHY, '')),
  ];
};
