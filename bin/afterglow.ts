/** The command line: `npm run <command> -- <arguments>`. Each command lives in the room it serves. */
type Command = { readonly run: (args: readonly string[]) => Promise<number> };

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  explain: () => import('./commands/explain.ts'),
  rehearse: () => import('./commands/rehearse.ts'),
  import: () => import('../rehearsal/input/import-command.ts'),
  parked: () => import('./commands/parked.ts'),
  bench: () => import('./commands/bench.ts'),
  asl: () => import('../rehearsal/asl/command.ts'),
  pattern: () => import('../rehearsal/event-pattern/command.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = commands[name];
if (load === undefined) {
  console.error(`afterglow: no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await (await load()).run(args);
}
