import { Session } from 'node:inspector/promises';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { synthesize } from './commands/synthesize.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { readInput } from './commands/rehearsal-input.ts';
const limit = process.argv[2] ?? '300';
const out = process.argv[3] ?? '/tmp/p/prof.json';
const dir = '/tmp/p/asm';
const fs = await import('node:fs');
const assemblyDir = fs.existsSync(dir + '/assembly') ? dir + '/assembly' : await synthesize(dir, undefined);
const stateDir = await mkdtemp('/tmp/p/state-');
const input = await readInput({ orders: '/work/shared/data/online_retail_2010_2011.csv.gz', limit, until: '180', emails: 'customers-and-guests', consent: '1', duplicate: '0', shuffle: '0s', seed: '1' }, stateDir);
const r = await Rehearsal.boot({ assemblyDir, stateDir, startMs: input.fromMs, seed: '1', hiccups: 0.01 });
r.schedule(input.events);
const s = new Session();
if (out !== 'none') {
s.connect();
await s.post('Profiler.enable');
await s.post('Profiler.setSamplingInterval', { interval: 500 });
await s.post('Profiler.start');
}
const t = performance.now();
await r.run(input.untilMs);
const sec = (performance.now() - t) / 1000;
console.log(sec.toFixed(1), 's', process.resourceUsage().maxRSS / 1024, r.busyMs, r.lake.busyMs, r.outbox.length);
if (out !== 'none') {
const { profile } = await s.post('Profiler.stop');
await writeFile(out, JSON.stringify(profile));
}
for (const [n, t] of [...r.durations].sort((a, b) => b[1].length - a[1].length).slice(0, 12)) { const q = (a: number, b: number) => { const x = t.slice(Math.floor(a * t.length), Math.floor(b * t.length)).toSorted((p, q) => p - q); return (x.reduce((p, q) => p + q, 0) / x.length).toFixed(2) + '/' + (x[x.length >> 1] ?? 0).toFixed(2); }; console.log(n.split('-').at(-1)?.slice(0, -8), t.length, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => q(i / 10, (i + 1) / 10)).join(' ')); }
await r.stop();
process.exit(0);
