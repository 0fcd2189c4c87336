import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { affinityLists, computeDueDays, createAffinityTables } from '#analytics/affinity-lake.ts';
import { affinityTables } from '#analytics/models.ts';
import { affinityConfig } from '#core/contracts/affinity-config.ts';
import type { ShopList } from '#core/domain/affinity/affinity-list.ts';
import type { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { columnsOf, openLake } from '#rehearsal/lake/open-lake.ts';
import { happened, line } from '#tests/unit/analytics/facts.ts';
import { plainLists } from './plain-lists.ts';

const config = affinityConfig.parse({
  leastOrders: 1,
  basketCap: 3,
  windowDays: 60,
  bestSellerDays: 15,
  halfLifeDays: 30,
});
const NIGHT = '2026-03-20T02:30:00Z';

type Line = ReturnType<typeof line>;
type Event = ReturnType<typeof happened>;

let lake: LakeDatabase;

beforeAll(async () => {
  lake = await openLake({ tables: {} });
  await lake.run(
    "create table config_shops as select * from (values ('hearth', 'Europe/Berlin'), ('northside', 'UTC')) as t (shop, time_zone)",
  );
  await createAffinityTables(lake, config);
});

afterAll(() => lake.close());

const arrived = <Row extends { readonly occurred_at: string }>(row: Row) => ({
  dt: row.occurred_at.slice(0, 10),
  ...row,
});

const add = async (lines: readonly Line[], events: readonly Event[] = []): Promise<void> => {
  const source = (rows: readonly (Line | Event)[]) => ({ rows: rows.map(arrived) });
  await lake.insert('order_lines', { columns: columnsOf('order_lines'), source: source(lines) });
  await lake.insert('order_events', { columns: columnsOf('order_events'), source: source(events) });
};

const hold = async (lines: readonly Line[], events: readonly Event[] = []): Promise<void> => {
  for (const table of ['order_lines', 'order_events', ...affinityTables])
    await lake.run(`delete from ${table}`);
  await add(lines, events);
};

/** One night's run. @returns the days that were due */
const compute = async (night = NIGHT): Promise<readonly string[]> => {
  await lake.setNow(Date.parse(night));
  return computeDueDays(lake, config);
};

const learn = async (night = NIGHT): Promise<readonly ShopList[]> => {
  await compute(night);
  return affinityLists(lake, config);
};

/** An order of these products, each a line. */
const order = (
  id: string,
  day: string,
  skus: readonly string[],
  rest: Partial<Line> = {},
): readonly Line[] =>
  skus.map((sku, at) =>
    line(id, `${day}T12:00:00Z`, {
      line_id: String(at),
      fact_id: `${id}.${at}`,
      sku,
      category: `of ${sku.slice(0, 1)}`,
      ...rest,
    }),
  );

const cancelled = (id: string, at: string, rest: Partial<Event> = {}): Event =>
  happened('OrderCancelled', id, at, { status: 'cancelled', ...rest });

/** Of one kind, by what they are of: the products and how often they are together. */
const toldBy = (lists: readonly ShopList[], kind: string) =>
  Object.fromEntries(
    lists
      .filter(({ list }) => list.kind === kind)
      .map(({ list }) => [list.of, list.neighbours.map(({ sku, together }) => [sku, together])]),
  );

/** To be compared: in one order, scores as they are kept. */
const comparable = (lists: readonly ShopList[]) =>
  lists
    .map(({ shop, list }) => ({
      of: `${shop} ${list.kind} ${list.of}`,
      orders: list.orders,
      openShare: expect.closeTo(list.openShare, 3),
      neighbours: Object.fromEntries(
        list.neighbours.map(({ sku, score, together, orders }) => [
          sku,
          [together, orders, expect.closeTo(Math.log(score), 2)],
        ]),
      ),
    }))
    .toSorted((a, b) => (a.of < b.of ? -1 : 1));

const told = (lists: readonly ShopList[]) =>
  lists
    .map(({ shop, list }) => ({
      of: `${shop} ${list.kind} ${list.of}`,
      orders: list.orders,
      openShare: list.openShare,
      neighbours: Object.fromEntries(
        list.neighbours.map(({ sku, score, together, orders }) => [
          sku,
          [together, orders, Math.log(score)],
        ]),
      ),
    }))
    .toSorted((a, b) => (a.of < b.of ? -1 : 1));

const shopDay = {
  shop: fc.constantFrom('hearth', 'northside'),
  day: fc.constantFrom('2026-02-10', '2026-03-02', '2026-03-05', '2026-03-18', '2026-03-19'),
};

const baskets = fc.array(
  fc.record({
    ...shopDay,
    skus: fc.uniqueArray(fc.constantFrom('A1', 'A2', 'B1', 'B2', 'C1'), { minLength: 1 }),
    fate: fc.constantFrom('kept', 'kept', 'kept', 'cancelled', 'ours'),
  }),
  { minLength: 1, maxLength: 14 },
);

type Baskets = typeof baskets extends fc.Arbitrary<infer All> ? All : never;

const factsOf = (all: Baskets) => ({
  lines: all.flatMap(({ shop, day, skus, fate }, at) =>
    order(`o${at}`, day, skus, {
      shop,
      ...(fate === 'ours' ? { class: 'followup_crosssell' } : {}),
    }),
  ),
  events: all.flatMap(({ shop, day, fate }, at) =>
    fate === 'cancelled' ? [cancelled(`o${at}`, `${day}T13:00:00Z`, { shop })] : [],
  ),
});

const plain = (all: Baskets): readonly ShopList[] => {
  const asOf = all.reduce((latest, { day }) => (day > latest ? day : latest), '');
  return plainLists(
    all.filter(({ fate }) => fate === 'kept'),
    asOf,
    config,
  );
};

const runs = { numRuns: 12 };

describe('the lists', () => {
  test('are those of code without SQL', async () => {
    await fc.assert(
      fc.asyncProperty(baskets, async (all) => {
        const { lines, events } = factsOf(all);
        await hold(lines, events);

        expect(told(await learn())).toEqual(comparable(plain(all)));
      }),
      runs,
    );
  });

  test('are the same whether facts came at once or night by night, twice and disordered', async () => {
    await fc.assert(
      fc.asyncProperty(baskets, fc.infiniteStream(fc.boolean()), async (all, isLate) => {
        const { lines, events } = factsOf(all);
        const late = lines.filter(() => isLate.next().value === true);
        await hold([...lines.filter((each) => !late.includes(each)), ...lines.slice(0, 3)], events);
        await compute('2026-03-20T02:30:00Z');
        await add(late.map((each) => ({ ...each, dt: '2026-03-20' })));

        const lists = await learn('2026-03-21T02:30:00Z');

        expect(told(lists)).toEqual(comparable(plain(all)));
      }),
      runs,
    );
  });

  test('end at twenty, best first, ties by popularity', async () => {
    const many = Array.from({ length: 25 }, (_, at) => `X${String(at).padStart(2, '0')}`);
    await hold([
      ...many.flatMap((sku, at) => order(`o${at}`, '2026-03-18', ['MUG', sku])),
      ...order('more', '2026-03-19', ['X24']),
      ...order('again', '2026-03-19', ['MUG', 'X20']),
    ]);

    const found = toldBy(await learn(), 'sku')['MUG'] ?? [];

    expect(found).toHaveLength(20);
    expect(found.slice(0, 2)).toEqual([
      ['X20', 2],
      ['X00', 1],
    ]);
    expect(found.map(([sku]) => sku)).not.toContain('X24');
  });

  test('of an order beyond the cap have its first products, by the numbers of their lines', async () => {
    const lines = order('o1', '2026-03-18', ['A1', 'A2', 'B1', 'B2']);
    await hold(lines.map((each, at) => ({ ...each, line_id: String(at + 7) })).toReversed());

    const lists = await learn();

    expect(Object.keys(toldBy(lists, 'sku')).toSorted()).toEqual(['A1', 'A2', 'B1']);
    expect(toldBy(lists, 'best-seller')['']?.map(([sku]) => sku)).toContain('B2');
  });

  test('of days go by the shop’s own clock', async () => {
    const midnight = order('o1', '2026-03-18', ['A1', 'B1']).map((each) => ({
      ...each,
      placed_at: '2026-03-18T23:30:00Z',
      occurred_at: '2026-03-18T23:30:00Z',
    }));
    await hold([...midnight, ...midnight.map((each) => ({ ...each, shop: 'northside' }))]);
    await compute();

    const { rows } = await lake.query(
      "select shop, order_day from affinity_skus where sku = 'A1' order by shop",
    );

    expect(rows).toEqual([
      { shop: 'hearth', order_day: '2026-03-19' },
      { shop: 'northside', order_day: '2026-03-18' },
    ]);
  });
});

describe('a day', () => {
  const old = '2026-03-02';
  const pair = order('o1', old, ['A1', 'B1']);

  test('is due until it is computed, and again when something of it has come', async () => {
    await hold(pair);

    expect(await compute('2026-03-20T02:30:00Z')).toEqual([old]);
    expect(await compute('2026-03-21T02:30:00Z')).toEqual([]);

    await add(order('o2', old, ['A1', 'C1'], { dt: '2026-03-21' }));
    expect(await compute('2026-03-22T02:30:00Z')).toEqual([old]);
  });

  test('is due again when one of its orders was cancelled soon', async () => {
    await hold(order('o1', '2026-03-19', ['A1', 'B1']));
    await compute('2026-03-20T02:30:00Z');
    await add([], [cancelled('o1', '2026-03-20T09:00:00Z')]);

    const lists = await learn('2026-03-21T02:30:00Z');

    expect(lists).toEqual([]);
    expect(await compute('2026-03-22T02:30:00Z')).toEqual([]);
  });

  test('is not due again for a cancellation that comes later', async () => {
    await hold(order('o1', '2026-03-19', ['A1', 'B1']));
    await compute('2026-03-20T02:30:00Z');
    await add([], [cancelled('o1', '2026-03-23T09:00:00Z')]);

    expect(await compute('2026-03-24T02:30:00Z')).toEqual([]);
  });

  test('is not due again while nothing of it has come, nor for what we sold', async () => {
    const ours = order('o3', '2026-03-19', ['A1'], { class: 'followup_crosssell' });
    const kept = order('o1', '2026-03-19', ['A1', 'B1']);
    await hold(
      [...kept, ...order('o2', '2026-03-19', ['A1']), ...ours],
      [cancelled('o2', '2026-03-19T13:00:00Z')],
    );
    await compute('2026-03-20T02:30:00Z');
    await add(ours.map((each) => ({ ...each, order_id: 'o1', dt: '2026-03-20' })));

    expect(await compute('2026-03-21T02:30:00Z')).toEqual([]);
  });

  test('is due again when an order of it is there that was late', async () => {
    await hold(order('o1', '2026-03-19', ['A1', 'B1']));
    await compute('2026-03-20T02:30:00Z');
    await add(order('o2', '2026-03-19', ['A1', 'C1']));

    expect(await compute('2026-03-21T02:30:00Z')).toEqual(['2026-03-19']);
    expect(await compute('2026-03-22T02:30:00Z')).toEqual([]);
  });

  test('is due again while it is the newest, before the lists that were made then expire', async () => {
    await hold([...pair, ...order('o2', '2026-03-03', ['A1', 'C1'])]);
    await compute('2026-03-20T02:30:00Z');

    expect(await compute('2026-03-26T02:30:00Z')).toEqual([]);
    expect(await compute('2026-03-27T02:30:00Z')).toEqual(['2026-03-03']);
    expect(await compute('2026-03-28T02:30:00Z')).toEqual([]);
  });

  test('that is not over is not due', async () => {
    await hold(order('o1', '2026-03-20', ['A1', 'B1']));

    expect(await compute('2026-03-20T23:30:00Z')).toEqual([]);
  });

  test('before the window is forgotten', async () => {
    await hold(pair);
    await compute();

    expect(await learn('2026-06-20T02:30:00Z')).toEqual([]);
  });

  test('counts by its last recorded run: what a failed attempt left counts for nothing', async () => {
    await hold(pair);
    const before = told(await learn('2026-03-20T02:30:00Z'));
    for (const table of ['affinity_pairs', 'affinity_skus'])
      await lake.run(
        `insert into ${table} select * replace (computed_at + interval '1' hour as computed_at) from ${table}`,
      );

    expect(told(await affinityLists(lake, config))).toEqual(before);
  });

  test('recorded twice counts once', async () => {
    await hold(pair);
    const before = told(await learn());
    await lake.run('insert into affinity_days select * from affinity_days');

    expect(told(await affinityLists(lake, config))).toEqual(before);
  });
});
