import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachine,
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { StateMachineContract } from '#state-machines/state-machine-contract.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import type { StageContext } from './stage-context.ts';

export interface AslStateMachineProps<C extends StateMachineContract> {
  readonly contract: C;
  readonly substitutions: Readonly<Record<C['substitutions'][number], string>>;
  readonly context: StageContext;
  /** Encrypts the logs. */
  readonly key: IKey;
}

/** A state machine defined by `state-machines/<name>.asl.json`. */
export class AslStateMachine<C extends StateMachineContract> extends StateMachine {
  /**
   * The alias `live` of the definition deployed last: what starts executions. To start by it takes a
   * grant for `stateMachineArn`, not for the alias.
   */
  readonly liveArn: string;

  constructor(scope: Construct, id: string, props: AslStateMachineProps<C>) {
    const { contract, substitutions, context, key } = props;
    const definition = readDefinition(contract.name);
    assertSamePlaceholders(contract, definition);
    super(scope, id, {
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: { ...substitutions },
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // The data of an execution names customers; its history in Step Functions has it.
        includeExecutionData: false,
        destination: new LogGroup(scope, `${id}Logs`, {
          retention: context.config.logDays,
          encryptionKey: key,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    acknowledgeWildcard(
      this.role,
      '*',
      'Log deliveries and X-Ray have no resources: their actions only take *.',
    );
    this.liveArn = this.addLiveAlias();
  }

  /** Every change of the definition publishes a version; those before it stay for what they started. */
  private addLiveAlias(): string {
    const machine = this.node.defaultChild;
    if (!CfnStateMachine.isCfnStateMachine(machine))
      throw new Error('a state machine has its resource as default child');
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: this.stateMachineArn,
      stateMachineRevisionId: machine.attrStateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const routingConfiguration = [{ stateMachineVersionArn: version.ref, weight: 100 }];
    return new CfnStateMachineAlias(this, 'Live', { name: 'live', routingConfiguration }).ref;
  }
}

const readDefinition = (name: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../state-machines/${name}.asl.json`, import.meta.url)),
    'utf8',
  );

const assertSamePlaceholders = (contract: StateMachineContract, definition: string): void => {
  const inFile = new Set(definition.matchAll(/\$\{(\w+)\}/g).map(([, name]) => name));
  const strays = inFile.symmetricDifference(new Set(contract.substitutions));
  if (strays.size === 0) return;
  throw new Error(
    `${contract.name}.asl.json and its contract must name the same placeholders, differ in: ${[...strays].join(', ')}`,
  );
};
