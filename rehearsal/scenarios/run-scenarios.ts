import { join } from 'node:path';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { type Experiments, noExperiments } from '#core/domain/experiments/experiment.ts';
import { HOUR_MS } from '../input/duration.ts';
import type { ShopKeys } from '../input/order-tokens.ts';
import { catalogueEvents } from '../input/sample-catalogue.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { WITHOUT_LEARNING } from '../assembly/assembly.ts';
import { recordsOf } from '../invariants/evidence.ts';
import { Rehearsal } from '../rehearsal.ts';
import { writeJson, writeState } from '../report/state-files.ts';
import type { Denial } from '../services/authorizer.ts';
import { compare, type Comparison } from './compare.ts';
import { scheduleDeeds } from './customer-deed.ts';
import { checkRecords } from './check-records.ts';
import { guestIds, withArms } from './in-arms.ts';
import type { Mismatch } from './record-expectation.ts';
import type { Scenario } from './scenario.ts';
import { seenTouches } from './seen-touch.ts';
import { sharesOf } from './share-of-run.ts';

export interface ScenarioRun {
  /** At least one. */
  readonly scenarios: readonly Scenario[];
  readonly assemblyDir: string;
  /** Emptied before; what the rehearsal knows stays here, for `npm run explain`. */
  readonly stateDir: string;
  readonly seed: string;
  /** What the shops tell of their products, by the time at which they begin. @default the sample catalogue */
  readonly catalogue?: (startMs: number) => readonly TimedEvent[];
  /** A shop's key by the stacks' own, for scenarios whose customers open confirmation pages. */
  readonly keyOf: (master: Uint8Array, shop: string) => string;
  /** What the assembly was synthesized with. @default nothing is tried */
  readonly experiments?: Experiments;
  /** @param share of the time that has passed, 0 to 1 */
  readonly onProgress?: (share: number, nowMs: number) => void;
}

export interface ScenarioResult extends Comparison {
  readonly scenario: Scenario;
  /** What went wrong besides the touches: events that were not taken in, journeys that failed. */
  readonly faults: readonly string[];
  /** Where books, offers and metrics are otherwise than expected. */
  readonly mismatches: readonly Mismatch[];
  /**
   * Real milliseconds: its share of the run. All run at once, so that none has a time of its own: the run's time is
   * divided by what was done for each, events taken in, states entered and touches decided.
   */
  readonly shareMs: number;
}

export interface ScenarioResults {
  readonly results: readonly ScenarioResult[];
  /** Calls that the deployed policies refuse: the rehearsal ended with the first. */
  readonly denials: readonly Denial[];
}

export const hasPassed = ({ differences, mismatches, faults }: ScenarioResult): boolean =>
  differences.length === 0 && mismatches.length === 0 && faults.length === 0;

/** Rehearses all scenarios at once: their ids differ, so that none sees another. */
export const runScenarios = async (run: ScenarioRun): Promise<ScenarioResults> => {
  const { assemblyDir, stateDir, seed, experiments = noExperiments, onProgress } = run;
  const startedMs = performance.now();
  const startMs = Math.min(...run.scenarios.map(({ fromMs }) => fromMs)) - HOUR_MS;
  const untilMs = Math.max(...run.scenarios.map((each) => each.untilMs));
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_LEARNING,
    assemblyDir,
    stateDir,
    startMs,
    seed,
  });
  try {
    const guestIdOf = guestIds(rehearsal.secretValue('IdentityKey'));
    const scenarios = await Promise.all(
      run.scenarios.map((each) => withArms(each, { experiments, guestIdOf })),
    );
    const { catalogue = catalogueEvents } = run;
    rehearsal.schedule(eventsOf(scenarios, catalogue(startMs)));
    const undone = scheduleDeeds(rehearsal, scenarios, keysOf(rehearsal, run.keyOf));
    await rehearsal.run(untilMs, (nowMs) =>
      onProgress?.((nowMs - startMs) / (untilMs - startMs), nowMs),
    );
    await writeState(rehearsal, stateDir);
    await writeJson(join(stateDir, 'summary.json'), { until: new Date(untilMs).toISOString() });
    const touches = recordsOf(rehearsal, tables.touches.name, toTouchRecord);
    const mismatches = await checkRecords(rehearsal, scenarios, stateDir);
    const results = scenarios.map((scenario) => {
      const { faults, ...result } = resultOf(scenario, touches, rehearsal);
      return {
        ...result,
        faults: [...faults, ...(undone.get(scenario.scope) ?? [])],
        mismatches: mismatches.get(scenario.scope) ?? [],
      };
    });
    const shares = sharesOf(performance.now() - startedMs, results, rehearsal.executions);
    return {
      results: results.map((each, at) => ({ ...each, shareMs: shares[at] ?? 0 })),
      denials: rehearsal.denials,
    };
  } finally {
    await rehearsal.stop();
  }
};

const keysOf = (
  rehearsal: Rehearsal,
  keyOf: (master: Uint8Array, shop: string) => string,
): ShopKeys => {
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const master = new TextEncoder().encode(key);
  return (shop) => keyOf(master, shop);
};

const eventsOf = (
  scenarios: readonly Scenario[],
  catalogue: readonly TimedEvent[],
): readonly TimedEvent[] => {
  const shops: ReadonlySet<unknown> = new Set(scenarios.map(({ shop }) => shop));
  return [
    ...catalogue.filter(({ detail }) => shops.has(detail['shop'])),
    ...scenarios.flatMap(({ events }) => events),
  ];
};

const resultOf = (
  scenario: Scenario,
  records: readonly TouchRecord[],
  rehearsal: Rehearsal,
): Omit<ScenarioResult, 'mismatches' | 'shareMs'> => {
  const orderIds = new Set(scenario.orders.map(({ orderId }) => orderId));
  const touches = records.filter(
    ({ shop, orderId }) => shop === scenario.shop && orderIds.has(orderId),
  );
  return {
    scenario,
    ...compare(scenario, touches.flatMap(seenTouches)),
    faults: faultsOf(scenario, rehearsal),
  };
};

const faultsOf = ({ scope }: Scenario, rehearsal: Rehearsal): readonly string[] => {
  const isOwn = (json: string): boolean => json.includes(`"${scope}`);
  return [
    ...rehearsal
      .deadLetters()
      .filter(({ body }) => isOwn(body))
      .map(({ queue, body, attributes: { reason, problem } }) =>
        reason === undefined
          ? `lies in ${queue}: ${body.slice(0, 200)}`
          : `event not taken in: ${reason}: ${problem}`,
      ),
    ...rehearsal.refused
      .filter(({ event }) => isOwn(JSON.stringify(event.detail)))
      .map(({ event, because }) => `${event.detailType} refused by the bus: ${because}`),
    ...rehearsal.executions
      .filter(({ status, input }) => status !== 'SUCCEEDED' && isOwn(JSON.stringify(input)))
      .map(({ status, error, cause }) => `journey ${status}: ${error}: ${cause?.slice(0, 200)}`),
  ];
};
