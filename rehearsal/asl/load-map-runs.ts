import type { State, Workflow } from './definition.ts';
import { innerWorkflows } from './load-scopes.ts';
import type { Place } from './problems.ts';

/**
 * Developer guide, "Choosing workflow type in Step Functions": an Express workflow has neither
 * callbacks nor jobs to wait for, neither activities nor Distributed Maps.
 */
const checkExpressState = (state: State, place: Place): void => {
  const only = 'supported: set ExecutionType to "STANDARD".';
  if (state.type === 'Task' && state.resource.pattern !== 'requestResponse')
    place
      .at('Resource')
      .refuse(
        `got ${state.resource.resource}; an EXPRESS child execution cannot wait for a callback or a job; ${only}`,
      );
  if (state.type === 'Task' && state.resource.family === 'Activity')
    place.at('Resource').refuse(`an EXPRESS child execution cannot wait for an activity; ${only}`);
  if (state.type === 'Map' && state.distribution !== undefined)
    place.refuse(`an EXPRESS child execution cannot run a Distributed Map; ${only}`);
};

const checkWorkflow = (
  { states }: Workflow,
  place: Place,
  isExpress: boolean,
  labels: Set<string>,
): void => {
  for (const [name, state] of states) {
    const at = place.at(`States/${name}`);
    if (isExpress) checkExpressState(state, at);
    const distribution = state.type === 'Map' ? state.distribution : undefined;
    const label = distribution?.label ?? '';
    if (labels.has(label))
      at.at('Label').refuse(
        `"${label}" names another Distributed Map of this definition too; choose another label.`,
      );
    if (label !== '') labels.add(label);
    for (const { workflow, path } of innerWorkflows(name, state))
      checkWorkflow(
        workflow,
        place.at(path),
        isExpress || distribution?.isExpress === true,
        labels,
      );
  }
};

/** Labels are unique in a definition, and Express child executions hold no state that they cannot run. */
export const checkMapRuns = (workflow: Workflow, place: Place): void =>
  checkWorkflow(workflow, place, false, new Set());
