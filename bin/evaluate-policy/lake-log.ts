import { quoted } from '#rehearsal/lake/duckdb.ts';
import type { LakeSource } from '../report/lake-source.ts';
import { flagIn, maybeNumberIn, maybeTextIn, type Row, textIn } from '../report/rows.ts';
import { checkedPropensity, type Log, type LoggedRow, UnusableLog } from './logged-row.ts';

/** What of an impression is counted: whether it was accepted or clicked, or what an accepted one is worth. */
export const lakeRewards = ['accepted', 'clicked', 'value'] as const;

export type LakeReward = (typeof lakeRewards)[number];

export interface LakeQuestion {
  readonly reward: LakeReward;
  /** The database of the table `impressions`. */
  readonly schema: string;
  /** Where it is, in words. */
  readonly from: string;
  readonly shop?: string | undefined;
  /** Days, such as 2026-03-01, on which an impression was shown; both are among them. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Columns that tables of older versions do not have. */
const NEWER = {
  context: 'varchar',
  candidate_set: 'varchar',
  candidates: 'integer',
  value_minor: 'bigint',
} as const;

/**
 * Of a context such as `returning/strong` what is known of the session: what follows the slash is how the offer that was
 * shown goes with the order, and what a policy does cannot depend on what was shown.
 */
const ofSession = (context: string): string => context.replace(/\/.*$/s, '');

/**
 * Reads the impressions that were logged with a propensity, each with what became of it. Sessions are clusters.
 *
 * @throws {UnusableLog} for a reward that the table has no column for or that is in more than one shop's money, and for a
 *   propensity that is none
 */
export const lakeLog = async (
  { query }: Pick<LakeSource, 'query'>,
  question: LakeQuestion,
): Promise<Log> => {
  const { reward, schema, from } = question;
  const columns = await query(
    `select column_name from information_schema.columns where table_schema = ${text(schema)} and table_name = 'impressions'`,
  );
  const there = new Set(columns.map((row) => textIn(row, 'column_name')));
  if (reward === 'value' && !there.has('value_minor'))
    throw new UnusableLog(
      `--reward: got "value", but the table impressions in ${from} has no column value_minor; expected accepted or clicked, or a lake of this version`,
    );
  const impressions = await query(sqlOf(question, there));
  const propensities = impressions.filter((row) => maybeNumberIn(row, 'propensity') !== undefined);
  const valued = propensities.filter(
    (row) => reward !== 'value' || maybeNumberIn(row, 'value_minor') !== undefined,
  );
  if (reward === 'value') oneShop(valued);
  return {
    rows: valued.map((row) => loggedRow(row, reward)),
    from,
    notes: [
      ...counted(impressions.length - propensities.length, impressions.length, 'no propensity'),
      ...counted(propensities.length - valued.length, propensities.length, 'no value_minor'),
      ...candidateNotes(valued),
    ],
  };
};

const oneShop = (rows: readonly Row[]): void => {
  const shops = [...new Set(rows.map((row) => textIn(row, 'shop')))];
  if (shops.length > 1)
    throw new UnusableLog(
      `--reward: got "value" of the shops ${shops.join(', ')}, each in its own currency; expected one of them as --shop`,
    );
};

const text = (value: string): string => quoted(value, "'");

const sqlOf = ({ shop, since, until }: LakeQuestion, there: ReadonlySet<string>): string => `select
  shop,
  impression_id,
  max(session_id) as session_id,
  max(offer_id) as offer_id,
  max(slot) as slot,
  max(propensity) as propensity,
${Object.entries(NEWER)
  .map(
    ([name, type]) => `  ${there.has(name) ? `max(${name})` : `cast(null as ${type})`} as ${name},`,
  )
  .join('\n')}
  bool_or(kind = 'clicked') as clicked,
  bool_or(kind = 'accepted') as accepted
from impressions
${shop === undefined ? '' : `where shop = ${text(shop)}`}
group by shop, impression_id
having ${[
  "bool_or(kind = 'shown')",
  ...(since === undefined ? [] : [`cast(${SHOWN_AT} as date) >= date ${text(since)}`]),
  ...(until === undefined ? [] : [`cast(${SHOWN_AT} as date) <= date ${text(until)}`]),
].join(' and ')}
order by shop, impression_id`;

const SHOWN_AT = "min(occurred_at) filter (where kind = 'shown')";

const loggedRow = (row: Row, reward: LakeReward): LoggedRow => {
  const shop = textIn(row, 'shop');
  const name = `impression ${textIn(row, 'impression_id')} of ${shop}`;
  const context = ofSession(maybeTextIn(row, 'context') ?? '');
  const set = maybeTextIn(row, 'candidate_set');
  return {
    name,
    action: textIn(row, 'offer_id'),
    slot: maybeTextIn(row, 'slot') ?? '',
    context,
    propensity: checkedPropensity(name, 'propensity', maybeNumberIn(row, 'propensity') ?? NaN),
    reward: rewardOf(row, reward),
    cluster: `${shop} ${textIn(row, 'session_id')}`,
    candidates:
      set === undefined
        ? { key: `${shop}, context "${context}"` }
        : { key: `${shop}, ${set}`, size: maybeNumberIn(row, 'candidates') },
  };
};

const rewardOf = (row: Row, reward: LakeReward): number => {
  if (reward !== 'value') return Number(flagIn(row, reward));
  return flagIn(row, 'accepted') ? (maybeNumberIn(row, 'value_minor') ?? NaN) : 0;
};

const counted = (left: number, of: number, what: string): readonly string[] =>
  left === 0 ? [] : [`${left} of ${of} impressions have ${what} and are left out`];

const candidateNotes = (rows: readonly Row[]): readonly string[] => {
  const isNamed = (row: Row): boolean => maybeTextIn(row, 'candidate_set') !== undefined;
  const unnamed = rows.filter((row) => !isNamed(row)).length;
  const unsized = rows.filter(
    (row) => isNamed(row) && maybeNumberIn(row, 'candidates') === undefined,
  ).length;
  return [
    `${unnamed} impressions name no candidate set: what was shown in their shop and context is taken for it`,
    `${unsized} impressions do not say how many candidates there were: as many as were ever shown is taken for it`,
  ].filter((_, at) => [unnamed, unsized][at] !== 0);
};
