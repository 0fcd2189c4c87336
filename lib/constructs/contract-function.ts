import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { EnvironmentFor, FunctionContract } from '#core/contracts/function-contract.ts';
import type { FunctionName } from '#lib/bundling/bundle-lambdas.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import type { StageContext } from './stage-context.ts';

/** Something a function may use: the grant and the environment variable come together. */
export interface Use {
  /** What the variable's value is: a table's name, a queue's URL. */
  readonly value: string;
  readonly grant: (grantee: IGrantable) => void;
}

export interface ContractFunctionProps<Env extends z.ZodObject> {
  readonly contract: FunctionContract<Env> & { readonly name: FunctionName };
  /** One entry for every variable of the contract. */
  readonly uses: Readonly<Record<keyof EnvironmentFor<Env> & string, Use>>;
  readonly context: StageContext;
  /** Encrypts the logs. */
  readonly key: IKey;
  /** @default 10 seconds */
  readonly timeout?: Duration;
  /** A function has a whole processor at 1,769. @default 512 */
  readonly memoryMb?: number;
}

/** A Lambda function whose code, environment and permissions come from its contract. */
export class ContractFunction<Env extends z.ZodObject> extends Function {
  constructor(scope: Construct, id: string, props: ContractFunctionProps<Env>) {
    const { contract, uses, context, key, timeout = Duration.seconds(10), memoryMb = 512 } = props;
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: context.config.logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const environment = Object.fromEntries(
      Object.entries<Use>(uses).map(([name, { value }]) => [name, value]),
    );
    super(scope, id, {
      role,
      logGroup,
      timeout,
      code: Code.fromAsset(context.bundles[contract.name]),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      tracing: Tracing.ACTIVE,
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      description: `Afterglow ${context.stage}: ${contract.name}`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const use of Object.values<Use>(uses)) use.grant(this);
    acknowledgeWildcard(
      role,
      '*',
      'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords only take *.',
    );
  }
}
