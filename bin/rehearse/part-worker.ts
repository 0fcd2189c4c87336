import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { countsOf } from '#rehearsal/cost/counts.ts';
import { isForEveryPart } from '#rehearsal/parts/share-events.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { writeMessageSamples } from '#rehearsal/report/message-samples.ts';
import { writeStateButOutbox } from '#rehearsal/report/state-files.ts';
import { summarize } from '#rehearsal/report/summary.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { memoryOf } from '#rehearsal/services/packed-mail.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Part, PartOutcome, PartTold } from './part.ts';

/** No part sends so many messages. */
const IDS_OF_A_PART = 1_000_000_000;

const tell = (told: PartTold, handedOver: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(told, handedOver);

const rehearsePart = async (given: Part): Promise<PartOutcome> => {
  const { part, events, fromMs, untilMs, stateDir } = given;
  const { assemblyDir, stacks, seed, hiccups, faults } = given;
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stacks,
    stateDir,
    startMs: fromMs,
    seed,
    hiccups,
    faults,
    idsAfter: part * IDS_OF_A_PART,
    archive: join(stateDir, 'archive.jsonl'),
  });
  try {
    rehearsal.schedule(events);
    await rehearsal.run(untilMs, (nowMs) =>
      tell({ kind: 'progress', progress: { nowMs, mails: rehearsal.outbox.length } }),
    );
    await writeMessageSamples(rehearsal.outbox, join(stateDir, 'messages'));
    const outbox = rehearsal.packedOutbox();
    // From here on only the thread that writes them can read what messages said.
    tell({ kind: 'sent', outbox }, memoryOf(outbox));
    // What is left behind is looked at as a whole: the memory for it is there by then.
    await collectGarbage();
    const summary = await summarize({ rehearsal, events, fromMs });
    await writeStateButOutbox(rehearsal, stateDir);
    const orders = summary.orders + summary.testOrders;
    const counts = await countsOf(rehearsal, { of: `part ${part}`, orders, stateDir });
    const forEveryPart = sharedBy(rehearsal, events);
    return { summary, forEveryPart, counts, open: rehearsal.running().length };
  } finally {
    await rehearsal.stop();
  }
};

const sharedBy = (
  { clock, senders }: Rehearsal,
  events: Part['events'],
): PartOutcome['forEveryPart'] => {
  const due = events.filter((event) => event.atMs <= clock.now() && isForEveryPart(event));
  const lost = senders.lost.filter(isForEveryPart).length;
  return { put: due.length - lost, lost };
};

try {
  tell({ kind: 'done', outcome: await rehearsePart(workerData) });
} catch (error) {
  if (!(error instanceof AwsError)) throw error;
  tell({ kind: 'refused', code: error.code, message: error.message });
}
