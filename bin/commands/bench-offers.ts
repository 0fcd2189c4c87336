import { parseArgs } from 'node:util';
import {
  type DecisionFigures,
  measureDecisions,
} from '#rehearsal/bench/offers/measure-decisions.ts';
import { measureRegret, type PolicyRegret } from '#rehearsal/bench/offers/measure-regret.ts';
import type { Simulation } from '#rehearsal/bench/offers/simulate.ts';
import { progressOf } from './progress.ts';

const help = `Holds the ranking of offers against other policies in a simulated shop, and times its decisions.

  npm run bench:offers
  npm run bench:offers -- --offers N         offers, all eligible (default 1000)
  npm run bench:offers -- --impressions N    shown one after the other (default 200000)
  npm run bench:offers -- --seeds N          worlds (default 5)
  npm run bench:offers -- --refresh N        impressions after which cached counters are read anew (default 50)
  npm run bench:offers -- --refit N          impressions after which priors are fitted anew (default 3000)
  npm run bench:offers -- --delay N          impressions after which a success is counted (default 0)
  npm run bench:offers -- --workers N        worlds at a time (default 2)
  npm run bench:offers -- --json

Relative regret: what was forgone, of what the best offer would have earned each time. 50 impressions a minute
are 72,000 a day; 3,000 are an hour of them. What every world is like: rehearsal/bench/offers/world.ts.`;

const options = {
  offers: { type: 'string', default: '1000' },
  impressions: { type: 'string', default: '200000' },
  seeds: { type: 'string', default: '5' },
  refresh: { type: 'string', default: '50' },
  refit: { type: 'string', default: '3000' },
  delay: { type: 'string', default: '0' },
  workers: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** A number that was given and cannot be used. */
class WrongNumber extends Error {}

/** Exit code 0: measured; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    const simulation = simulationOf(values);
    const seeds = numberOf('seeds', values.seeds, 1);
    const regrets = await measureRegret(simulation, {
      seeds,
      workers: numberOf('workers', values.workers, 1),
      onProgress: progressOf(() => `${seeds} worlds of ${simulation.impressions} impressions`),
    });
    const decisions = measureDecisions(simulation.offers);
    if (values.json) console.log(JSON.stringify({ simulation, regrets, decisions }, undefined, 2));
    else
      console.log([...tableOf(simulation, seeds, regrets), '', decisionLine(decisions)].join('\n'));
    return 0;
  } catch (error) {
    if (!(error instanceof WrongNumber)) throw error;
    console.error(`bench:offers: ${error.message}`);
    return 2;
  }
};

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const simulationOf = (values: Values): Simulation => ({
  offers: numberOf('offers', values.offers, 2),
  impressions: numberOf('impressions', values.impressions, 1),
  refresh: numberOf('refresh', values.refresh, 1),
  refit: numberOf('refit', values.refit, 1),
  delay: numberOf('delay', values.delay, 0),
});

const numberOf = (name: string, text: string, atLeast: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= atLeast) return value;
  throw new WrongNumber(
    `--${name} got ${JSON.stringify(text)}, expected a whole number of at least ${atLeast}`,
  );
};

const tableOf = (
  { offers, impressions, refresh, refit, delay }: Simulation,
  seeds: number,
  regrets: readonly PolicyRegret[],
): readonly string[] => {
  const width = Math.max(...regrets.map(({ policy }) => policy.length));
  return [
    `${offers} offers, ${impressions} impressions, ${seeds} worlds; counters read each ${refresh}, priors fitted each ${refit}, successes ${delay} impressions late`,
    '',
    `${'policy'.padEnd(width)}  relative regret, mean ± sd of worlds`,
    ...regrets
      .toSorted((a, b) => a.mean - b.mean)
      .map(
        ({ policy, mean, sd, regrets: each }) =>
          `${policy.padEnd(width)}  ${mean.toFixed(3)} ± ${sd.toFixed(3)}   (${each.map((one) => one.toFixed(3)).join(', ')})`,
      ),
  ];
};

const decisionLine = ({
  candidates,
  decisionsPerSecond,
  whole,
  ranking,
}: DecisionFigures): string =>
  [
    `a decision over ${candidates} candidates, one core: ${decisionsPerSecond.toFixed(0)} a second`,
    `  with its propensities  p50 ${inMs(whole.p50)}, p99 ${inMs(whole.p99)}`,
    `  without                p50 ${inMs(ranking.p50)}, p99 ${inMs(ranking.p99)}`,
  ].join('\n');

const inMs = (ms: number): string => `${ms.toFixed(2)} ms`;
