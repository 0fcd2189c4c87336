import { routesOf } from '../assembly/alias-routes.ts';
import type { Cloud, Resource } from '../assembly/cloud.ts';

/** `arn:aws:states:<region>:<account>:stateMachine:<name>` has seven parts; an eighth qualifies it. */
const MACHINE_PARTS = 7;

/** An ARN as StartExecution takes it: of a state machine, of a version or of an alias. */
export const splitQualifier = (arn: string): { machineArn: string; qualifier?: string } => {
  const parts = arn.split(':');
  const machineArn = parts.slice(0, MACHINE_PARTS).join(':');
  const qualifier = parts[MACHINE_PARTS];
  return qualifier === undefined ? { machineArn } : { machineArn, qualifier };
};

/**
 * The state machine that each ARN starts: its own, its versions' and its aliases'. In a rehearsal all
 * of them run one definition, that of the template.
 *
 * @throws for a version of no machine and for an alias that leads to none or to several versions
 */
export const startedMachines = (cloud: Cloud): ReadonlyMap<string, Resource> => {
  const machines = new Map(
    cloud.ofType('AWS::StepFunctions::StateMachine').map((machine) => [machine.arn, machine]),
  );
  const versions = new Map(
    cloud
      .ofType('AWS::StepFunctions::StateMachineVersion')
      .map((version) => [version.arn, machineOfVersion(version, machines)]),
  );
  const aliases = cloud
    .ofType('AWS::StepFunctions::StateMachineAlias')
    .map((alias) => [alias.arn, machineOfAlias(alias, versions)] as const);
  return new Map([...machines, ...versions, ...aliases]);
};

const machineOfVersion = (
  { logicalId, properties }: Resource,
  machines: ReadonlyMap<string, Resource>,
): Resource => {
  const machine = machines.get(String(properties['StateMachineArn']));
  if (machine === undefined)
    throw new Error(`version ${logicalId}: its state machine is not in the templates`);
  return machine;
};

const machineOfAlias = (
  { logicalId, properties }: Resource,
  versions: ReadonlyMap<string, Resource>,
): Resource => {
  const routes = routesOf((name) => properties[name]);
  const [route = 'nothing'] = routes;
  if (routes.length > 1)
    throw new Error(`alias ${logicalId}: an alias of several versions is not modelled`);
  const machine = versions.get(route);
  if (machine === undefined)
    throw new Error(
      `alias ${logicalId}: expected to lead to a version of the templates, leads to ${route}`,
    );
  return machine;
};
