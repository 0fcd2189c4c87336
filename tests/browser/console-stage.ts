import { Paths } from '#rehearsal/console/paths.ts';
import { openConsole } from '#rehearsal/console/open-console.ts';
import { WITHOUT_LEARNING } from '#rehearsal/assembly/assembly.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import { catalogueEvents } from '#rehearsal/input/sample-catalogue.ts';
import { offerEvents } from '#rehearsal/input/sample-offers.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { openLocalSite } from '#rehearsal/local-site.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { linkHosts, sampleShopsAtPlay } from '../../bin/commands/sample-shops-at-play.ts';
import { runningRecords } from '../../bin/explain/running-records.ts';

export const START = '2026-03-02T09:00:00.000Z';
const START_MS = Date.parse(START);

/** Of a shop that nobody has configured: it is parked, whenever it comes. */
const unknownShop: TimedEvent = {
  atMs: START_MS,
  source: 'oms.southside',
  detailType: 'OrderPlaced',
  detail: { eventId: 'e-1', occurredAt: START, schemaVersion: 1, shop: 'southside', orderId: '1' },
};

/** What somebody at the console has before them. */
export interface ConsoleStage {
  readonly url: string;
  readonly rehearsal: Rehearsal;
  readonly close: () => Promise<void>;
}

/** The deployed product with the sample shops' catalogue and one parked event, and nobody who orders by themselves. */
export const consoleStage = async (
  assemblyDir: string,
  stateDir: string,
): Promise<ConsoleStage> => {
  const paths = new Paths();
  const rehearsal = await Rehearsal.boot({
    ...WITHOUT_LEARNING,
    assemblyDir,
    stateDir,
    startMs: START_MS,
    seed: '1',
    onHistoryEvent: paths.hear,
  });
  const catalogue = catalogueEvents(START_MS).filter(({ detail }) => detail['shop'] === 'hearth');
  const events = [unknownShop, ...catalogue, ...offerEvents(START_MS)];
  rehearsal.schedule(events);
  const open = await openConsole({
    rehearsal,
    paths,
    records: runningRecords(rehearsal),
    fromMs: START_MS,
    untilMs: START_MS + 60 * DAY_MS,
    hosts: [...rehearsal.domainNames, ...linkHosts],
    play: (isAwaited) =>
      sampleShopsAtPlay(rehearsal, { events, fromMs: START_MS, seed: '1', isAwaited }),
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
  const site = await openLocalSite(0, () => undefined, open.first);
  site.open(open.ask);
  return {
    url: site.url,
    rehearsal,
    close: async () => {
      await open.close();
      await site.close();
      await rehearsal.stop();
    },
  };
};
