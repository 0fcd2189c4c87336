/**
 * The versions that an alias of a state machine leads to: those of its routing, or the one that its
 * deployments end with.
 *
 * @param property of `AWS::StepFunctions::StateMachineAlias`, by name
 */
export const routesOf = (property: (name: string) => unknown): readonly string[] => {
  const routing = property('RoutingConfiguration');
  if (Array.isArray(routing)) return routing.map(versionOf);
  const deployment = property('DeploymentPreference');
  return deployment === undefined ? [] : [versionOf(deployment)];
};

const versionOf = (route: unknown): string => String(Object(route).StateMachineVersionArn);
