import type { Frame } from '../frame.ts';

/** The states that take time, and so can be found running when a sibling fails. */
const abortable = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * Stops a chain and records, on its parent, the state that it was in. Of the chain whose failure
 * stops the others, AWS records only a Task.
 */
export const abort = (parent: Frame, child: Frame, isCulprit: boolean): void => {
  const { activeState = '' } = child;
  child.cancel();
  if (isCulprit ? activeState === 'Task' : abortable.has(activeState))
    parent.recordBeside(`${activeState}StateAborted`);
};
