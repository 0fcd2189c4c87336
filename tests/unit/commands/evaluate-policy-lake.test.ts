import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ColumnType } from '#core/contracts/facts.ts';
import { bucketOf } from '#core/domain/experiments/assignment.ts';
import { LakeDatabase } from '#rehearsal/lake/duckdb.ts';
import { doubtsOf } from '../../../bin/evaluate-policy/doubts.ts';
import { evaluate, logged } from '../../../bin/evaluate-policy/evaluation.ts';
import { lakeLog, type LakeQuestion } from '../../../bin/evaluate-policy/lake-log.ts';
import type { LoggedRow } from '../../../bin/evaluate-policy/logged-row.ts';
import {
  candidatesIn,
  greedy,
  NEVER_SHOWN,
  tabled,
  uniform,
} from '../../../bin/evaluate-policy/policies.ts';

const older = {
  shop: 'string',
  occurred_at: 'timestamp',
  session_id: 'string',
  impression_id: 'string',
  offer_id: 'string',
  kind: 'string',
  slot: 'int',
  propensity: 'double',
} as const satisfies Readonly<Record<string, ColumnType>>;
const newer = {
  ...older,
  context: 'string',
  candidates: 'int',
  candidate_set: 'string',
  snapshot: 'string',
  value_minor: 'bigint',
} as const;

type Impression = Readonly<Record<string, string | number>>;

const shown = (id: number, offer: string, rest: Impression = {}): Impression => ({
  shop: 'hearth',
  occurred_at: '2026-03-01T10:00:00.000Z',
  session_id: `s-${id}`,
  impression_id: `i-${id}`,
  offer_id: offer,
  kind: 'shown',
  slot: 1,
  propensity: 0.5,
  ...rest,
});

const then = (id: number, offer: string, kind: string): Impression => {
  const { propensity: _, slot: __, ...rest } = shown(id, offer, { kind });
  return rest;
};

const question: LakeQuestion = { reward: 'accepted', schema: 'main', from: 'a test' };

let lake: LakeDatabase;
let lakeOfBefore: LakeDatabase;
beforeAll(async () => {
  [lake, lakeOfBefore] = await Promise.all([LakeDatabase.open(), LakeDatabase.open()]);
  await lake.createTable('impressions', { columns: newer, source: { rows: [] } });
  await lakeOfBefore.createTable('impressions', { columns: older, source: { rows: [] } });
});
afterAll(() => {
  lake.close();
  lakeOfBefore.close();
});
beforeEach(async () => {
  await lake.run('delete from impressions');
  await lakeOfBefore.run('delete from impressions');
});

const read = async (rows: readonly Impression[], asked: Partial<LakeQuestion> = {}) => {
  await lake.insert('impressions', { columns: newer, source: { rows } });
  return lakeLog({ query: async (sql) => (await lake.query(sql)).rows }, { ...question, ...asked });
};

describe('impressions of the lake', () => {
  it('come once each, with what became of them, by session', async () => {
    const first = shown(1, 'mug', {
      context: 'returning/strong',
      candidates: 3,
      candidate_set: 'c1',
      value_minor: 250,
    });
    const { rows } = await read([first, first, then(1, 'mug', 'accepted'), shown(2, 'loyalty')]);

    expect(rows).toStrictEqual<readonly LoggedRow[]>([
      {
        name: 'impression i-1 of hearth',
        action: 'mug',
        slot: '1',
        context: 'returning',
        propensity: 0.5,
        reward: 1,
        cluster: 'hearth s-1',
        candidates: { key: 'hearth, c1', size: 3 },
      },
      {
        name: 'impression i-2 of hearth',
        action: 'loyalty',
        slot: '1',
        context: '',
        propensity: 0.5,
        reward: 0,
        cluster: 'hearth s-2',
        candidates: { key: 'hearth, context ""' },
      },
    ]);
  });

  it('without propensity, without value and never shown are left out and counted', async () => {
    const { propensity: _, ...own } = shown(3, 'mug');
    const log = await read(
      [
        shown(1, 'mug', { value_minor: 250 }),
        then(1, 'mug', 'accepted'),
        shown(2, 'mug'),
        own,
        then(4, 'mug', 'accepted'),
      ],
      { reward: 'value' },
    );

    expect(log.rows.map(({ reward }) => reward)).toStrictEqual([250]);
    expect(log.notes).toContain('1 of 3 impressions have no propensity and are left out');
    expect(log.notes).toContain('1 of 2 impressions have no value_minor and are left out');
  });

  it('are of one shop and of some days if asked so, by the day they were shown on', async () => {
    const rows = [
      shown(1, 'mug', { occurred_at: '2026-02-28T23:59:00.000Z' }),
      shown(2, 'mug'),
      then(2, 'mug', 'clicked'),
      shown(3, 'mug', { shop: 'northside' }),
      shown(4, 'mug', { occurred_at: '2026-03-03T00:00:00.000Z' }),
    ];

    const log = await read(rows, {
      reward: 'clicked',
      shop: 'hearth',
      since: '2026-03-01',
      until: '2026-03-02',
    });

    expect(log.rows.map(({ name, reward }) => [name, reward])).toStrictEqual([
      ['impression i-2 of hearth', 1],
    ]);
  });

  it('of a table without the newer columns are read as far as they go', async () => {
    const rows = [shown(1, 'mug'), shown(2, 'card'), then(2, 'card', 'accepted')];
    await lakeOfBefore.insert('impressions', { columns: older, source: { rows } });
    const source = { query: async (sql: string) => (await lakeOfBefore.query(sql)).rows };

    const log = await lakeLog(source, question);

    expect(log.rows.map(({ action, reward }) => [action, reward])).toStrictEqual([
      ['mug', 0],
      ['card', 1],
    ]);
    expect(log.notes.join()).toContain('2 impressions name no candidate set');
    await expect(lakeLog(source, { ...question, reward: 'value' })).rejects.toThrow(
      'has no column value_minor',
    );
  });

  it('with a propensity that is none, or in the money of two shops, are refused', async () => {
    const worth = { value_minor: 1 };
    const rows = [shown(1, 'mug', worth), shown(2, 'mug', { ...worth, shop: 'northside' })];

    await expect(read(rows, { reward: 'value' })).rejects.toThrow('of the shops hearth, northside');
    await expect(read([shown(3, 'mug', { propensity: 0 })])).rejects.toThrow(
      'impression i-3 of hearth, column "propensity": got 0',
    );
  });
});

/** 900 sessions of three offers at random, of which `b` succeeds most, in one candidate set. */
const loggedRows = (size: number | undefined = 3): readonly LoggedRow[] =>
  Array.from({ length: 900 }, (_, at) => {
    const action = ['a', 'b', 'c'][at % 3] ?? '';
    return {
      name: `row ${at}`,
      action,
      slot: '1',
      context: '',
      propensity: 1 / 3,
      reward: Number(Math.floor(at / 3) % (action === 'b' ? 2 : 10) === 0),
      candidates: { key: 'k', size },
    };
  });

describe('policies', () => {
  const model = (_: unknown, action: string): number => (action === 'b' ? 0.5 : 0.1);
  const row = (rest: Partial<LoggedRow>): LoggedRow => ({
    name: 'row 1',
    action: 'a',
    slot: '1',
    context: '',
    propensity: 0.5,
    reward: 0,
    ...rest,
  });

  it('uniform gives each candidate the same, and those that were never shown their part', () => {
    const candidates = candidatesIn(loggedRows(5));

    const does = uniform(candidates).at(row({ candidates: { key: 'k', size: 5 } }), model);

    expect(does?.get('a')).toBeCloseTo(0.2, 12);
    expect(does?.get(NEVER_SHOWN)).toBeCloseTo(0.4, 12);
    expect(() => uniform(candidates).at(row({ candidates: { key: 'k', size: 2 } }), model)).toThrow(
      'row 1: got 2 candidates, but its candidate set k has shown 3 offers',
    );
  });

  it('greedy shows the best first, the next best in the next slot, and then nothing', () => {
    const slots = ['10', '2', '1', '3'].map((slot) => row({ slot }));
    const policy = greedy(candidatesIn([...slots, row({ action: 'b' }), row({ action: 'c' })]));
    const at = (slot: string) => [...(policy.at(row({ slot }), model)?.keys() ?? [])];

    expect(['1', '2', '3', '10'].map(at)).toStrictEqual([['b'], ['a'], ['c'], []]);
  });

  it('greedy and a target know nothing where not all candidates are known', () => {
    const candidates = candidatesIn(loggedRows(5));
    const unknown = row({ candidates: { key: 'k', size: 5 } });
    const table = { name: 'a test', sharesFor: () => new Map([['a', 1]]) };

    expect(greedy(candidates).at(unknown, model)).toBeUndefined();
    expect(tabled(table, candidates).at(unknown, model)).toBeUndefined();
  });

  it('a target is kept to the candidates, scaled to 1', () => {
    const table = {
      name: 'a test',
      sharesFor: () =>
        new Map([
          ['a', 0.2],
          ['b', 0.2],
          ['z', 0.6],
        ]),
    };
    const policy = tabled(table, candidatesIn(loggedRows()));

    expect(policy.at(row({ candidates: { key: 'k', size: 3 } }), model)).toStrictEqual(
      new Map([
        ['a', 0.5],
        ['b', 0.5],
      ]),
    );
    expect(policy.at(row({}), model)).toStrictEqual(table.sharesFor());
  });
});

describe('an evaluation', () => {
  const options = { alpha: 0.05 };

  it('finds that greedy earns what the best offer earned, and uniform the mean', () => {
    const rows = loggedRows();
    const candidates = candidatesIn(rows);

    const [even, best] = evaluate(rows, [uniform(candidates), greedy(candidates)], options);

    expect(logged({ rows, from: 'a test', notes: [] }, options).value).toBeCloseTo(
      (0.5 + 0.1 + 0.1) / 3,
      9,
    );
    expect(even?.estimates?.ips.value).toBeCloseTo((0.5 + 0.1 + 0.1) / 3, 9);
    expect(best?.estimates?.snips?.value).toBeCloseTo(0.5, 9);
    expect(best?.weights.support).toBeCloseTo(1 / 3, 9);
    expect([even, best].flatMap((one) => (one === undefined ? ['absent'] : doubtsOf(one)))).toEqual(
      [],
    );
  });

  it('of no rows is refused with what was left out', () => {
    const notes = ['7 of 7 impressions have no propensity and are left out'];

    expect(() => logged({ rows: [], from: 'a test', notes }, options)).toThrow(
      'a test: got 0 usable rows of 0 sessions or clusters, expected at least two, to tell chance by; 7 of 7',
    );
  });

  it('leaves out rows whose candidates are not all known, and says when they are many', () => {
    const rows = loggedRows().map((row, at): LoggedRow =>
      at < 300 ? { ...row, candidates: { key: 'another', size: 40 } } : row,
    );

    const [best] = evaluate(rows, [greedy(candidatesIn(rows))], options);

    expect(best?.leftOut).toBe(300);
    expect(best === undefined ? [] : doubtsOf(best)).toContainEqual(
      expect.stringContaining('of 33.3% of the rows not all candidates are known'),
    );
  });

  it('says nothing of a policy for which no row is left', () => {
    const rows = loggedRows(40);

    const [best] = evaluate(rows, [greedy(candidatesIn(rows))], options);

    expect(best?.estimates).toBeUndefined();
    expect(best === undefined ? [] : doubtsOf(best)[0]).toContain('the log says nothing');
  });

  it('does not let a row choose the policy that it is counted for', () => {
    // All offers succeed in half of their rows. Of two with four rows each the better so far seems to in .64.
    const rows = Array.from({ length: 1_600 }, (_, at): LoggedRow => {
      const pair = `pair ${at % 200}`;
      return {
        name: `row ${at}`,
        action: `${pair}, ${Math.floor(at / 200) % 2}`,
        slot: '',
        context: '',
        propensity: 0.5,
        reward: bucketOf('success', `${at}`) % 2,
        candidates: { key: pair },
      };
    });

    const [best] = evaluate(rows, [greedy(candidatesIn(rows))], options);

    expect(Math.abs((best?.estimates?.snips?.value ?? NaN) - 0.5)).toBeLessThan(0.07);
    expect(Math.abs((best?.estimates?.dr.value ?? NaN) - 0.5)).toBeLessThan(0.07);
  });
});
