import { join } from 'node:path';
import { writeCounts } from '#rehearsal/cost/counts-file.ts';
import { demoSite } from '#rehearsal/demo/demo-site.ts';
import type { SampleShops } from '#rehearsal/input/play-sample-shops.ts';
import type { LocalSite } from '#rehearsal/local-site.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { writeMessageSamples } from '#rehearsal/report/message-samples.ts';
import { linksOf } from '#rehearsal/report/site-links.ts';
import { writeJson, writeState } from '#rehearsal/report/state-files.ts';
import { type Summary, summarize } from '#rehearsal/report/summary.ts';
import { progressOf } from '../commands/progress.ts';
import { linkHosts, sampleShopsAtPlay } from '../commands/sample-shops-at-play.ts';
import { assertServable, serve } from '../commands/serve.ts';
import { reached } from './reached.ts';
import type { Run } from './run.ts';

/** Runs it in this thread, and leaves and reports what it came to. */
export const rehearseAlone = async (run: Run): Promise<Summary> => {
  const {
    input,
    assemblyDir,
    stacks,
    stateDir,
    seed,
    hiccups,
    faults,
    bedrock,
    invocations,
    report,
    site,
  } = run;
  const { events, fromMs, untilMs, react } = input;
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stacks,
    stateDir,
    startMs: fromMs,
    seed,
    hiccups,
    faults,
    bedrock,
    react,
    invocations,
    archive: join(stateDir, 'archive.jsonl'),
  });
  try {
    if (site !== undefined) assertServable(rehearsal);
    rehearsal.schedule(events);
    const shops =
      react === undefined
        ? undefined
        : await sampleShopsAtPlay(rehearsal, { events, fromMs, seed });
    const progress = progressOf(() => reached(rehearsal.clock.now(), rehearsal.outbox.length));
    await rehearsal.run(untilMs, (nowMs) => progress((nowMs - fromMs) / (untilMs - fromMs)));
    const summary = await summarize({ rehearsal, events, fromMs });
    await writeState(rehearsal, stateDir);
    await writeMessageSamples(rehearsal.outbox, join(stateDir, 'messages'));
    await writeJson(join(stateDir, 'summary.json'), summary);
    await writeCounts(rehearsal, stateDir, summary);
    await report(summary);
    if (site === undefined) return summary;
    await serveWith(rehearsal, site, shops);
    await writeState(rehearsal, stateDir);
    return summary;
  } finally {
    await rehearsal.stop();
  }
};

/** Until Ctrl-C; of the sample shops the confirmation pages too. */
const serveWith = async (
  rehearsal: Rehearsal,
  site: LocalSite,
  shops: SampleShops | undefined,
): Promise<void> => {
  const links = await linksOf(rehearsal.outbox, [...rehearsal.domainNames, ...linkHosts]);
  if (shops === undefined) return serve({ rehearsal, site, examples: links });
  shops.waitForVisitors();
  const demo = demoSite({ rehearsal, shops });
  try {
    await serve({ rehearsal, site, ask: demo.ask, examples: ['/demo/', ...links] });
  } finally {
    demo.close();
  }
};
