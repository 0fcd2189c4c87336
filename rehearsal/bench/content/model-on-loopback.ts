import { resolveCloud } from '../../assembly/cloud.ts';
import type { ModelFaultShares } from '../../bedrock/model-faults.ts';
import { Authorizer } from '../../services/authorizer.ts';
import { Bedrock } from '../../services/bedrock.ts';
import { openGateway } from '../../services/gateway.ts';
import type { ServiceCall } from '../../services/service.ts';
import { type CountedTokens, countTokens } from './count-tokens.ts';

export interface LoopbackModel {
  /** What an SDK's client has to be made with to be answered. */
  readonly access: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly close: () => Promise<void>;
}

export interface LoopbackModelOptions {
  /** How the model misbehaves. @default it does not */
  readonly faults?: ModelFaultShares | undefined;
  /** Told of each call that was answered. */
  readonly onCall: (tokens: CountedTokens) => void;
}

const place = { account: '000000000000', region: 'eu-central-1' };

const template = {
  Resources: {
    DraftRole: { Type: 'AWS::IAM::Role', Properties: {} },
    DraftPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'DraftRole' }],
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: ['*'] }],
        },
      },
    },
  },
  Outputs: {},
};

/** Bedrock's stand-in on a port of its own, over HTTP/2, for one role that may call every model. */
export const openModelOnLoopback = async ({
  faults,
  onCall,
}: LoopbackModelOptions): Promise<LoopbackModel> => {
  const gateway = await openGateway();
  const stacks = [{ name: 'Bench', ...place, template }];
  const cloud = resolveCloud({ stacks, assets: new Map() }, gateway.endpoint);
  const bedrock = new Bedrock({ cloud, authorizer: new Authorizer(cloud), seed: 'bench', faults });
  const service = async (call: ServiceCall): Promise<unknown> => {
    const answer = await bedrock.service(call);
    onCall(countTokens(call.input, answer));
    return answer;
  };
  gateway.serve({ bedrock: service }, (role) => `arn:aws:iam::${place.account}:role/${role}`);
  return {
    access: {
      endpoint: gateway.endpoint,
      region: place.region,
      credentials: { accessKeyId: 'Bench-DraftRole', secretAccessKey: 'bench' },
    },
    close: gateway.close,
  };
};
