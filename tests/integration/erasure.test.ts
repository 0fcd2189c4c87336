import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { tables } from '#core/contracts/tables.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import { HOUR_MS } from '#rehearsal/input/duration.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { writeMessageSamples } from '#rehearsal/report/message-samples.ts';
import { linksOf } from '#rehearsal/report/site-links.ts';
import { writeJson, writeState } from '#rehearsal/report/state-files.ts';
import { run as eraseCommand } from '../../bin/commands/erase.ts';
import { run as exportCommand } from '../../bin/commands/export-customer.ts';
import {
  CONFIRMED_MS,
  END_MS,
  ERASED_MS,
  events,
  kim,
  leopold,
  ottilie,
  type Somebody,
  START_MS,
} from './erasure-story.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

/** All but those that make reports and scores of what the lake has. */
const stacks = [
  'Data',
  'Ingestion',
  'Messaging',
  'Contact',
  'Journeys',
  'Enrolment',
  'Feedback',
  'Lake',
  'Pages',
  'Privacy',
];

const stateDir = temporaryFolder();

interface Told {
  readonly logs: readonly OrderLog[];
  readonly ledger: readonly string[];
}

const toldBy = async (rehearsal: Rehearsal): Promise<Told> => {
  const dumpOf = async (name: string) => {
    const table = rehearsal.tables.all.find(({ logicalId }) => logicalId.slice(0, -8) === name);
    return table === undefined ? [] : rehearsal.tables.dump(table);
  };
  return {
    logs: (await dumpOf(tables.orders.name)).map(toOrderLog),
    ledger: (await dumpOf(tables.ledger.name)).map((item) => JSON.stringify(item)),
  };
};

/** All tables, as text. */
const stored = async (rehearsal: Rehearsal): Promise<string> => {
  const items = await Promise.all(
    rehearsal.tables.all.map((table) => rehearsal.tables.dump(table)),
  );
  return items
    .flat()
    .map((item) => JSON.stringify(item))
    .join('\n');
};

const story = (async () => {
  const assemblyDir = await assembly();
  const rehearsal = await Rehearsal.boot({
    assemblyDir,
    stacks,
    stateDir,
    startMs: START_MS,
    seed: '1',
  });
  rehearsal.schedule(events);
  await rehearsal.run(CONFIRMED_MS);
  const links = await linksOf(
    rehearsal.outbox.filter(({ to }) => to.includes(ottilie.email)),
    ['links.hearth.example'],
  );
  for (const path of links) await rehearsal.http({ method: 'GET', path });
  await rehearsal.run(ERASED_MS - HOUR_MS);
  const before = await toldBy(rehearsal);
  const known = await stored(rehearsal);
  await rehearsal.run(END_MS);
  const after = await toldBy(rehearsal);
  await writeState(rehearsal, stateDir);
  await writeMessageSamples(rehearsal.outbox, join(stateDir, 'messages'));
  await writeJson(join(stateDir, 'summary.json'), { until: new Date(END_MS).toISOString() });
  return { rehearsal, links, before, known, after, left: await stored(rehearsal) };
})();

afterAll(async () => (await story).rehearsal.stop());

/** By what a text would tell of somebody; the hash of the address is found in what is stored. */
const marksOf = ({ id, name, email, phone, city, postcode, words }: Somebody, known: string) => {
  const hash = new RegExp(`"address":"${email}","id":"(email:[\\w-]+)"`);
  const [, addressId = 'no hash was found'] = hash.exec(known.replaceAll('\\', '')) ?? [];
  const short = id.replace('cust-', '').slice(0, 1);
  return [
    id,
    name,
    email,
    email.toLowerCase(),
    phone,
    city,
    postcode,
    words,
    addressId,
    `TRACK${short}77`,
    `token-of-${short}-device`,
  ];
};

const filesBelow = (dir: string): readonly string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

const foundIn = (text: string, marks: readonly string[]): readonly string[] =>
  marks.filter((mark) => text.toLowerCase().includes(mark.toLowerCase()));

/** What the run left in files, but for messages: those were sent, and are the customer's. */
const filesWith = (marks: readonly string[]): readonly string[] =>
  filesBelow(stateDir).filter((file) => foundIn(readFileSync(file, 'latin1'), marks).length > 0);

describe('a customer who asked to be forgotten', { timeout: 60_000 }, () => {
  test('was known by all of it, and used a link, before', async () => {
    const { known, links, rehearsal } = await story;

    expect(foundIn(known, marksOf(ottilie, known))).toEqual(marksOf(ottilie, known));
    expect(links.length).toBeGreaterThan(0);
    expect(rehearsal.denials).toEqual([]);
    expect(rehearsal.deadLetters()).toEqual([]);
  });

  test('is in no table any more, though order and profile were sent in again', async () => {
    const { known, left } = await story;

    expect(foundIn(left, marksOf(ottilie, known))).toEqual([]);
    expect(foundIn(left, marksOf(leopold, known))).toEqual(marksOf(leopold, known));
  });

  test('leaves the books and every total as they were, and what comes later is booked', async () => {
    const { before, after } = await story;
    const sumOf = ({ logs }: Told) =>
      logs.reduce((sum, { events: all }) => sum + (orderOf(all)?.total.amountMinor ?? 0), 0);
    const booked = ({ logs }: Told, orderId: string) =>
      transactionsOf(logs.find((log) => log.orderId === orderId) ?? { events: [] }, sha256Hex);

    expect(after.logs).toHaveLength(before.logs.length);
    expect(sumOf(after)).toBe(sumOf(before));
    expect(booked(after, 'g-o1')).toEqual(booked(before, 'g-o1'));
    expect(booked(after, 'a-o2').slice(0, -1)).toEqual(booked(before, 'a-o2'));
    for (const line of before.ledger) expect(after.ledger).toContain(line);
    expect(after.ledger.length).toBeGreaterThan(before.ledger.length);
  });

  test('gets no message any more, and their journeys do not fail', async () => {
    const { rehearsal } = await story;
    const later = rehearsal.outbox.filter(
      ({ at, to }) => Date.parse(at) > ERASED_MS && to.includes(ottilie.email),
    );
    const failed = rehearsal.executions.filter(({ status }) => status !== 'SUCCEEDED');

    expect(later).toEqual([]);
    expect(failed).toEqual([]);
  });

  test('was looked for once more a day later, and what had come in between went too', async () => {
    await story;
    const [log = ''] = filesBelow(join(stateDir, 'logs')).filter((file) =>
      file.includes('EraseCustomer'),
    );
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('customer erased'));

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ message: 'customer erased', requestId: 'request-1' }),
      expect.objectContaining({
        message: 'customer erased again',
        erased: expect.objectContaining({ customers: 1, addresses: 1, orders: 0 }),
      }),
    ]);
  });

  test('is in no log, execution or dead letter', async () => {
    const { known } = await story;
    const files = filesWith(marksOf(ottilie, known)).map((file) => file.slice(stateDir.length + 1));

    expect(files.filter((file) => !/^(outbox\.jsonl|messages\/)/.test(file))).toEqual([]);
  });
});

describe('npm run export', { timeout: 60_000 }, () => {
  test('gives everything that is known of somebody, their rows of the lake included', async () => {
    await story;
    const file = join(temporaryFolder(), 'leopold.json');

    expect(await exportCommand([leopold.id, '--state', stateDir, '--out', file])).toBe(0);

    const all = JSON.parse(readFileSync(file, 'utf8'));
    expect(all).toMatchObject({
      shop: 'hearth',
      customers: [{ profile: { name: leopold.name } }, { mergedInto: leopold.id }],
      answers: [{ orderId: 'a-l2', score: 2, comment: leopold.words }],
    });
    expect(all.customers[0].consents).toHaveLength(1);
    expect(all.orders).toHaveLength(2);
    expect(all.orders[0].messages[0].decisions[0].decision.rules).not.toEqual([]);
    expect(all.lake.order_lines).toHaveLength(2);
    expect(JSON.stringify(all)).not.toContain('token-of-l-device');
  });

  test('knows nobody by the name of somebody who was forgotten', async () => {
    await story;

    expect(await exportCommand([ottilie.id, '--state', stateDir])).toBe(1);
  });
});

describe('npm run erase', { timeout: 60_000 }, () => {
  test('says what it would do, and does not', async () => {
    await story;
    const files = () => filesBelow(stateDir).map((file) => [file, readFileSync(file, 'latin1')]);
    const before = files();

    expect(await eraseCommand([leopold.email, '--state', stateDir, '--dry-run'])).toBe(0);

    expect(files()).toEqual(before);
  });

  test('takes somebody out of all files that a rehearsal left, and nobody else', async () => {
    const { known } = await story;
    expect(filesWith(marksOf(leopold, known)).length).toBeGreaterThan(3);

    expect(await eraseCommand([leopold.email, '--state', stateDir])).toBe(0);

    expect(
      filesWith([leopold.name, leopold.id, leopold.email, leopold.city, leopold.words]),
    ).toEqual([]);
    expect(filesWith([kim.email]).length).toBeGreaterThan(2);
  });

  test('finds them no more afterwards', async () => {
    await story;

    expect(await eraseCommand([leopold.id, '--state', stateDir])).toBe(1);
  });
});
