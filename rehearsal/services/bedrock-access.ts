import type { Cloud } from '../assembly/cloud.ts';
import type { Authorizer, Principal } from './authorizer.ts';

/** Inference profiles of the service are named by geography, then model: `eu.amazon.nova-2-lite-v1:0`. */
const PROFILE = /^(?<geography>us|us-gov|eu|apac|jp|au|ca|sa|global)\.(?<model>.+)$/;

interface Stage {
  readonly cloud: Cloud;
  readonly authorizer: Authorizer;
}

/**
 * Asserts what Converse needs: `bedrock:InvokeModel` of the model, or of the inference profile and the model that it
 * leads to (user guide, "Prerequisites for inference profiles": both are asked for). AWS asks for the model in every
 * region of the profile; here in the caller's own, since which they are is not known, and for a global profile also
 * without a region, as its page says.
 *
 * @param action another one that is asked of the same resources
 */
export const assertMayInvoke = (
  { cloud, authorizer }: Stage,
  principal: Principal,
  modelId: string,
  action = 'bedrock:InvokeModel',
): void => {
  const assert = (resource: string, profile?: string): void =>
    authorizer.assert({
      principal,
      action,
      resource,
      ...(profile === undefined ? {} : { context: { 'bedrock:InferenceProfileArn': profile } }),
    });
  const { region, account } = cloud;
  if (modelId.startsWith('arn:')) {
    assert(modelId);
    return;
  }
  const { geography, model } = PROFILE.exec(modelId)?.groups ?? {};
  if (geography === undefined || model === undefined) {
    assert(`arn:aws:bedrock:${region}::foundation-model/${modelId}`);
    return;
  }
  const profile = `arn:aws:bedrock:${region}:${account}:inference-profile/${modelId}`;
  assert(profile);
  assert(`arn:aws:bedrock:${region}::foundation-model/${model}`, profile);
  if (geography === 'global') assert(`arn:aws:bedrock:::foundation-model/${model}`, profile);
};
