import { parseArgs } from 'node:util';
import config from '#config';
import { rehearsed } from '../explain/rehearsed-source.ts';
import { eraseInState, type State } from '../privacy/erase-in-state.ts';
import { isEmail, personOfEmail, personOfId } from '../privacy/find-person.ts';
import { stateRows } from '../privacy/state-rows.ts';

const help = `Forgets a customer: takes out of all tables and files what tells of them; totals and books stay.

  npm run erase -- CUSTOMER|EMAIL [--shop SHOP] [--state DIR] [--dry-run]
  npm run erase -- CUSTOMER|EMAIL --shop SHOP --stage STAGE [--profile PROFILE] [--region REGION]

  --shop       the shop whose customer it is; in a rehearsal's state every shop is asked without it
  --state      where a rehearsal left its state (default .rehearsal)
  --stage      ask this deployed stage, by ErasureRequested on its bus, and wait until it is done
  --dry-run    say what would go, and leave it (a rehearsal's state only)

What goes and what stays: docs/privacy.md.
Exit code 0: done, or asked for; 1: nobody is known by that name; 2: wrong arguments.`;

const options = {
  shop: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [who] = positionals;
  const problem = problemOf(values, who);
  if (values.help || who === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  if (problem !== undefined) {
    console.error(`erase: ${problem}`);
    return 2;
  }
  const { stage, shop, profile, region } = values;
  if (stage === undefined || shop === undefined)
    return eraseIn(values.state, who, shopsOf(shop), values['dry-run']);
  const { requestErasure } = await import('../privacy/request-erasure.ts');
  console.log(await requestErasure({ stage, profile, region }, shop, who));
  return 0;
};

interface Values {
  readonly shop?: string | undefined;
  readonly stage?: string | undefined;
  readonly 'dry-run': boolean;
}

const problemOf = (values: Values, who: string | undefined): string | undefined => {
  const shops = Object.keys(config.shops);
  const { shop, stage } = values;
  if (who === undefined) return undefined;
  if (shop !== undefined && !shops.includes(shop))
    return `--shop: got "${shop}", expected one of ${shops.join(', ')}`;
  if (stage !== undefined && shop === undefined)
    return `--stage needs --shop, one of ${shops.join(', ')}: a customer is one shop's`;
  return stage !== undefined && values['dry-run']
    ? '--dry-run is of a rehearsal: of a stage, npm run export shows what is known'
    : undefined;
};

const shopsOf = (shop: string | undefined): readonly string[] =>
  shop === undefined ? Object.keys(config.shops) : [shop];

const eraseIn = async (
  dir: string,
  who: string,
  shops: readonly string[],
  isTried: boolean,
): Promise<number> => {
  const state: State = { dir, rows: stateRows(dir), now: await rehearsed(dir).now() };
  const find = isEmail(who) ? personOfEmail : personOfId;
  const people = await find(state.rows, shops, who, state.now);
  for (const person of people) {
    const counts = Object.entries(await eraseInState(state, person, isTried));
    const told = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
    console.log(`${person.shop}: ${isTried ? 'would erase' : 'erased'} ${told.join(', ')}`);
  }
  if (people.length > 0) return 0;
  console.error(
    `nobody of ${shops.join(', ')} is known by that name: check it; who was erased before is not found again`,
  );
  return 1;
};
