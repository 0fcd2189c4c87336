import type { ParallelState, Workflow } from '../definition.ts';
import { StateError } from '../errors.ts';
import type { Frame } from '../frame.ts';
import type { Json } from '../json.ts';
import { checkResultSize } from '../payload-limits.ts';
import { evaluateTemplate } from '../template.ts';
import type { Outcome, Visit } from '../visit.ts';
import { abort } from './abort.ts';

export type RunWorkflow = (frame: Frame, workflow: Workflow, input: Json) => Promise<Json>;

const runBranch = async (
  frame: Frame,
  branch: Workflow,
  input: Json,
  runWorkflow: RunWorkflow,
  onFailure: (frame: Frame) => void,
): Promise<Json> => {
  try {
    return await runWorkflow(frame, branch, input);
  } catch (thrown) {
    if (thrown instanceof StateError) onFailure(frame);
    throw thrown;
  }
};

const failBranches = (parent: Frame, failed: Frame, branches: readonly Frame[]): void => {
  parent.continueFrom(failed.lastEventId);
  for (const branch of branches) abort(parent, branch, branch === failed);
};

const runBranches = async (
  visit: Visit,
  state: ParallelState,
  input: Json,
  runWorkflow: RunWorkflow,
): Promise<readonly Json[]> => {
  const { frame } = visit;
  const frames: Frame[] = [];
  let failed: Frame | undefined;
  const starts = state.branches.map((branch) => () => {
    const branchFrame = frame.child();
    frames.push(branchFrame);
    const whenParked = branchFrame.whenParked();
    const onFailure = (first: Frame): unknown => (failed ??= first);
    return { whenParked, result: runBranch(branchFrame, branch, input, runWorkflow, onFailure) };
  });
  try {
    const results = await frame.waitForChildren(frames, starts);
    frame.continueFrom(Math.max(...frames.map(({ lastEventId }) => lastEventId)));
    return results;
  } catch (thrown) {
    if (failed) {
      visit.hasFailedInside = true;
      failBranches(frame, failed, frames);
    }
    throw thrown;
  }
};

/** All branches get the same input; the result is the array of their outputs, in their order. */
export const runParallel = async (
  visit: Visit,
  state: ParallelState,
  runWorkflow: RunWorkflow,
): Promise<Outcome> => {
  const { frame } = visit;
  const input =
    state.arguments === undefined
      ? visit.input
      : await evaluateTemplate(state.arguments, visit.bindings());
  checkResultSize(state.name, input);
  frame.record('ParallelStateStarted');
  const result = await runBranches(visit, state, input, runWorkflow);
  checkResultSize(state.name, result);
  frame.recordAside('ParallelStateSucceeded');
  return visit.leave({ ...state, result }, { result });
};
