/** The command line: `npm run <command> -- <arguments>`. Each command lives in the room it serves. */
type Command = { readonly run: (args: readonly string[]) => Promise<number> };

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  affinity: () => import('./commands/affinity.ts'),
  'bench:affinity': () => import('./commands/bench-affinity.ts'),
  'bench:content': () => import('./commands/bench-content.ts'),
  audit: () => import('./commands/audit.ts'),
  catalogue: () => import('./commands/catalogue.ts'),
  console: () => import('./commands/console.ts'),
  content: () => import('./commands/content.ts'),
  diff: () => import('./commands/diff.ts'),
  erase: () => import('./commands/erase.ts'),
  'evaluate-policy': () => import('./commands/evaluate-policy.ts'),
  explain: () => import('./commands/explain.ts'),
  export: () => import('./commands/export-customer.ts'),
  reconcile: () => import('./commands/reconcile.ts'),
  replay: () => import('./commands/replay.ts'),
  report: () => import('./commands/report.ts'),
  rehearse: () => import('./commands/rehearse.ts'),
  'roll-out': () => import('./commands/roll-out.ts'),
  'shop-key': () => import('./commands/shop-key.ts'),
  soak: () => import('./commands/soak.ts'),
  scenarios: () => import('./commands/scenarios.ts'),
  ledger: () => import('./commands/ledger.ts'),
  import: () => import('../rehearsal/input/import-command.ts'),
  lift: () => import('./commands/lift.ts'),
  offers: () => import('./commands/offers.ts'),
  parked: () => import('./commands/parked.ts'),
  policy: () => import('./commands/policy.ts'),
  bench: () => import('./commands/bench.ts'),
  'bench:offers': () => import('./commands/bench-offers.ts'),
  'bench:decision': () => import('./commands/bench-decision.ts'),
  cost: () => import('./commands/cost.ts'),
  asl: () => import('../rehearsal/asl/command.ts'),
  preview: () => import('./commands/preview.ts'),
  pattern: () => import('../rehearsal/event-pattern/command.ts'),
};

/** The caller's mistakes end with a sentence; anything else with its stack trace. */
const isUsage = (error: unknown): error is Error =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) ||
    error.name === 'NoRehearsal');

const [name = '', ...args] = process.argv.slice(2);
const load = commands[name];
if (load === undefined) {
  console.error(`afterglow: no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await (await load()).run(args);
  } catch (error) {
    if (!isUsage(error)) throw error;
    console.error(`${name}: ${error.message}\nUsage: npm run ${name} -- --help`);
    process.exitCode = 2;
  }
}
