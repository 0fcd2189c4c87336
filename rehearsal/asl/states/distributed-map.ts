import type { Distribution, MapState } from '../definition.ts';
import { ErrorName, StateError, TaskError } from '../errors.ts';
import { mapRunFailed, mapRunStarted, mapStateStarted } from '../history.ts';
import type { Json } from '../json.ts';
import { mapRunArnOf } from '../map-runs/child-executions.ts';
import { type Batching, ChildInputs, evaluateBatching } from '../map-runs/child-inputs.ts';
import {
  evaluatePlace,
  evaluateReader,
  type ItemSource,
  openSource,
  type ReadRequest,
  type S3Place,
  sourceOfArray,
} from '../map-runs/item-source.ts';
import { MapRun } from '../map-runs/map-run.ts';
import { CollectedResults, ExportedResults } from '../map-runs/results.ts';
import { checkResultSize } from '../payload-limits.ts';
import type { Outcome, Visit } from '../visit.ts';
import { evaluateItems, evaluateLimits, type Limits } from './map-limits.ts';

/** AWS's ceiling for the child executions of one Map Run, also when MaxConcurrency is 0 or missing. */
const DISTRIBUTED_CONCURRENCY = 10_000;

/** The state's fields, evaluated. */
type Plan = {
  readonly state: MapState;
  readonly distribution: Distribution;
  readonly mapRunArn: string;
  readonly limits: Limits;
  readonly batching: Batching | undefined;
  /** Undefined when an ItemReader reads them. */
  readonly items: readonly Json[] | undefined;
  readonly read: ReadRequest | undefined;
  readonly destination: S3Place | undefined;
};

const evaluatePlan = async (
  visit: Visit,
  state: MapState,
  distribution: Distribution,
): Promise<Plan> => {
  const { reader, batcher, writer, label } = distribution;
  const { stateMachineArn, maps } = visit.frame.run;
  return {
    state,
    distribution,
    limits: await evaluateLimits(visit, state, DISTRIBUTED_CONCURRENCY),
    items: reader === undefined ? await evaluateItems(visit, state) : undefined,
    read: reader && (await evaluateReader(visit, reader)),
    batching: batcher && (await evaluateBatching(visit, batcher)),
    destination: writer && (await evaluatePlace(visit, writer.arguments, 'ResultWriter', 'Prefix')),
    mapRunArn: mapRunArnOf(stateMachineArn, label, maps.newId()),
  };
};

const assertMayRun = ({ frame }: Visit): void => {
  const { executionArn, maps } = frame.run;
  try {
    maps.host.assertMayRun(executionArn);
  } catch (thrown) {
    if (!(thrown instanceof TaskError)) throw thrown;
    throw new StateError(ErrorName.permissions, `${thrown.error}: ${thrown.cause ?? ''}`);
  }
};

const open = (visit: Visit, { distribution, items, read }: Plan): ItemSource =>
  distribution.reader === undefined || read === undefined
    ? sourceOfArray(items ?? [])
    : openSource(visit, distribution.reader, read);

const prepare = (visit: Visit, plan: Plan, results: CollectedResults | ExportedResults): MapRun => {
  assertMayRun(visit);
  const source = open(visit, plan);
  const { state, distribution, mapRunArn, limits, batching } = plan;
  const inputs = new ChildInputs(visit, state, source, batching);
  const { total } = source;
  return new MapRun({ visit, state, distribution, mapRunArn, limits, inputs, total, results });
};

const runAndCollect = async (visit: Visit, plan: Plan): Promise<Json> => {
  const results = new CollectedResults();
  const run = prepare(visit, plan, results);
  try {
    await visit.frame.wait(run);
    checkResultSize(plan.state.name, results.outputs);
  } catch (thrown) {
    if (thrown instanceof StateError) run.report('FAILED');
    throw thrown;
  }
  run.report('SUCCEEDED');
  return results.outputs;
};

/** Also what a failed run has done, and what it has left, is exported. */
const runAndExport = async (
  visit: Visit,
  plan: Plan,
  results: ExportedResults,
  destination: S3Place,
): Promise<Json> => {
  const run = prepare(visit, plan, results);
  let failure: StateError | undefined;
  try {
    await visit.frame.wait(run);
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    failure = thrown;
    for await (const { input } of run.pending()) results.addPending(input);
  }
  try {
    const exported = results.write(visit.frame.run, plan.mapRunArn, destination);
    if (failure !== undefined) throw failure;
    run.report('SUCCEEDED');
    return exported;
  } catch (thrown) {
    run.report('FAILED');
    throw thrown;
  }
};

const conduct = (visit: Visit, plan: Plan): Promise<Json> => {
  const { destination, distribution } = plan;
  return distribution.writer === undefined || destination === undefined
    ? runAndCollect(visit, plan)
    : runAndExport(visit, plan, new ExportedResults(distribution.writer), destination);
};

/**
 * Runs the processor as a child execution for every item or batch. The result is the array of their
 * outputs, in the order of the items, or where an export of them lies. Its history is that of recorded
 * executions (LocalStack's snapshots of AWS).
 */
export const runDistributedMap = async (
  visit: Visit,
  state: MapState,
  distribution: Distribution,
): Promise<Outcome> => {
  const { frame } = visit;
  const plan = await evaluatePlan(visit, state, distribution);
  frame.record('MapStateStarted', () => mapStateStarted(plan.items?.length ?? 0));
  frame.record('MapRunStarted', () => mapRunStarted(plan.mapRunArn));
  let result: Json;
  try {
    result = await conduct(visit, plan);
  } catch (thrown) {
    if (thrown instanceof StateError) {
      visit.hasFailedInside = true;
      frame.record('MapRunFailed', () => mapRunFailed(thrown));
    }
    throw thrown;
  }
  frame.record('MapRunSucceeded');
  frame.recordAside('MapStateSucceeded');
  return visit.leave({ ...state, result }, { result });
};
