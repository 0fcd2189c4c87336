import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tables } from '#core/contracts/tables.ts';
import { WITHOUT_LEARNING } from '#rehearsal/assembly/assembly.ts';
import { readCounts } from '#rehearsal/cost/counts-file.ts';
import { allItems } from '#rehearsal/report/state-files.ts';
import type { Summary } from '#rehearsal/report/summary.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';
import { readInput } from '../../bin/commands/rehearsal-input.ts';
import { rehearseAlone } from '../../bin/rehearse/alone.ts';
import { rehearseInJobs } from '../../bin/rehearse/in-jobs.ts';
import type { Run } from '../../bin/rehearse/run.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

/** Six orders of three customers, as `samples/orders.map.json` reads them. */
const orders = [
  'Bestellung;Datum;Artikel;Bezeichnung;Menge;Einzelpreis;Versand;Kunde;E-Mail;Land',
  ...['K-1', 'K-2', 'K-3', 'K-1', 'K-3', 'K-2'].map(
    (customer, at) =>
      `A-${at};0${1 + Math.floor(at / 2)}.04.2026 1${at}:40;HG-BEA-250;Espressobohnen;${1 + at};8,90;4,90;${customer};;Deutschland`,
  ),
].join('\n');

const runOf = async (assemblyDir: string): Promise<Run> => {
  const stateDir = temporaryFolder();
  const asked = { emails: 'customers-and-guests', consent: '1', duplicate: '0', shuffle: '0s' };
  const file = join(temporaryFolder(), 'orders.csv');
  writeFileSync(file, orders);
  const input = await readInput(
    { ...asked, orders: file, map: 'samples/orders.map.json', seed: '1', until: '6' },
    stateDir,
  );
  return {
    input,
    assemblyDir,
    ...WITHOUT_LEARNING,
    stateDir,
    seed: '1',
    hiccups: 0,
    faults: undefined,
    bedrock: 'stand-in',
    invocations: undefined,
    report: () => Promise.resolve(),
  };
};

const linesOf = (stateDir: string, file: string): readonly string[] =>
  readFileSync(join(stateDir, file), 'utf8').trim().split('\n');

const mailsOf = (stateDir: string): readonly SentMail[] =>
  linesOf(stateDir, 'outbox.jsonl').map((line): SentMail => JSON.parse(line));

/** Without the ids of messages and the tokens of callbacks: they are counted, in each part from a number of its own. */
const itemsOf = async (stateDir: string, table: string): Promise<readonly string[]> =>
  (await allItems(stateDir, table))
    .map((item) => JSON.stringify(item).replaceAll(/\d{16}-rehearsal|AFTERGLOW\.[\w.-]+/g, ''))
    .toSorted();

describe('a rehearsal that is shared among two threads', () => {
  let alone: { readonly stateDir: string; readonly summary: Summary };
  let shared: typeof alone;
  beforeAll(async () => {
    const [one, two] = [await runOf(await assembly()), await runOf(await assembly())];
    alone = { stateDir: one.stateDir, summary: await rehearseAlone(one) };
    shared = { stateDir: two.stateDir, summary: await rehearseInJobs(two, 2) };
  }, 60_000);

  test('sends the same messages at the same times, in order of time', () => {
    const told = (stateDir: string) =>
      mailsOf(stateDir).map(({ to, at, tags }) => `${at} ${to.join()} ${tags['touch']}`);

    expect(told(shared.stateDir).toSorted()).toEqual(told(alone.stateDir).toSorted());
    expect(told(shared.stateDir).length).toBeGreaterThan(5);
    const instants = mailsOf(shared.stateDir).map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted());
  });

  test('leaves the same orders, decisions, events and samples', async () => {
    const archived = (stateDir: string) => linesOf(stateDir, 'archive.jsonl').length;
    const samples = (stateDir: string) => readdirSync(join(stateDir, 'messages')).toSorted();

    for (const { name } of [tables.orders, tables.touches, tables.ledger])
      expect(await itemsOf(shared.stateDir, name)).toEqual(await itemsOf(alone.stateDir, name));
    expect(archived(shared.stateDir)).toBe(archived(alone.stateDir));
    expect(samples(shared.stateDir)).toEqual(samples(alone.stateDir));
    expect(readdirSync(shared.stateDir)).not.toContain('parts');
  });

  test('comes to the same summary, but for what each part does for itself', () => {
    const { executions, transitions, ...told } = shared.summary;

    expect({ ...alone.summary, executions, transitions }).toEqual({
      ...told,
      executions,
      transitions,
    });
    expect(alone.summary.problems).toEqual([]);
  });

  test('counts the same messages and events', async () => {
    const [one, two] = [await readCounts(alone.stateDir), await readCounts(shared.stateDir)];

    expect(two.messages).toEqual(one.messages);
    expect(two.orders).toBe(one.orders);
    expect(two.of).toBe(one.of);
  });

  test('gives no message and no customer of the lake one name', async () => {
    const ids = mailsOf(shared.stateDir).map(({ messageId }) => messageId);
    const names = (await allItems(shared.stateDir, tables.pseudonyms.name)).map(
      ({ pseudonym }) => pseudonym?.S,
    );

    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(1);
  });
});

test('the failure of a thread is that of the run', async () => {
  const run = await runOf(join(temporaryFolder(), 'no-assembly'));

  await expect(rehearseInJobs(run, 2)).rejects.toThrow(/no-assembly/);
});
