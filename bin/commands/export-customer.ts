import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import config from '#config';
import { personalRecords } from '#core/adapters/personal-records.ts';
import type { PersonalRows } from '#core/adapters/personal-rows.ts';
import { exportPerson } from '#core/privacy/export-person.ts';
import { rehearsed } from '../explain/rehearsed-source.ts';
import { isEmail, type Person, personOfEmail, personOfId } from '../privacy/find-person.ts';
import { lakeRowsOf } from '../privacy/lake-rows.ts';
import { stateRows } from '../privacy/state-rows.ts';

const help = `Gives everything that is known of a customer, as JSON, to answer their request.

  npm run export -- CUSTOMER|EMAIL [--shop SHOP] [--state DIR] [--out FILE]
  npm run export -- CUSTOMER --stage STAGE [--shop SHOP] [--profile PROFILE] [--region REGION] [--out FILE]

  --shop     the shop whose customer it is; without it every shop is asked
  --state    where a rehearsal left its state (default .rehearsal); its lake is in the answer
  --stage    read the deployed tables of this stage instead, by your own rights
  --out      write it here instead of printing it

Exit code 0: found; 1: nobody is known by that name; 2: wrong arguments.`;

const options = {
  shop: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [who] = positionals;
  if (values.help || who === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  if (values.stage !== undefined && isEmail(who)) {
    console.error(
      'export: of a stage got an e-mail address, expected the id of a customer: addresses are kept there as hashes that this command has no key of',
    );
    return 2;
  }
  const shops = values.shop === undefined ? Object.keys(config.shops) : [values.shop];
  const { rows, now, people } = await found(values, who, shops);
  if (people.length === 0) {
    console.error(`nobody of ${shops.join(', ')} is known by that name: check it`);
    return 1;
  }
  const exports = await Promise.all(people.map((person) => exported(values, rows, person, now)));
  const json = `${JSON.stringify(exports.length === 1 ? exports[0] : exports, undefined, 2)}\n`;
  if (values.out === undefined) process.stdout.write(json);
  else await writeFile(values.out, json);
  return 0;
};

interface Values {
  readonly state: string;
  readonly stage?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

interface Found {
  readonly rows: PersonalRows;
  readonly now: string;
  readonly people: readonly Person[];
}

const found = async (
  { state, stage, ...of }: Values,
  who: string,
  shops: readonly string[],
): Promise<Found> => {
  if (stage !== undefined) {
    const { deployedRows } = await import('../privacy/deployed-rows.ts');
    const rows = await deployedRows({ stage, ...of });
    const now = new Date().toISOString();
    return { rows, now, people: await personOfId(rows, shops, who, now) };
  }
  const rows = stateRows(state);
  const now = await rehearsed(state).now();
  const find = isEmail(who) ? personOfEmail : personOfId;
  return { rows, now, people: await find(rows, shops, who, now) };
};

const exported = async (
  { state, stage }: Values,
  rows: PersonalRows,
  person: Person,
  at: string,
) => {
  const known = await exportPerson(personalRecords(rows), { ...person, at });
  return stage === undefined ? { ...known, lake: await lakeRowsOf(state, known.lakeNames) } : known;
};
