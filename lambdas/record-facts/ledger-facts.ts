import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { FactDraft } from './fact-draft.ts';

type Posted = Extract<OutgoingEvent, { type: 'LedgerEntryPosted' }>['detail'];
type Entry = Posted['entries'][number];
type Credit = NonNullable<Entry['credits']>[number];

/** An entry as rows: one for each that it is credited to, and one for what nothing of ours brought. */
export const ledgerFacts = (posted: Posted): readonly FactDraft[] =>
  posted.entries.flatMap((entry) =>
    partsOf(entry).map(({ name, ...part }) => ({
      fact: 'ledger_entries' as const,
      row: {
        ...entryRow(posted, entry),
        ...part,
        fact_id: `${posted.shop}/${entry.entryId}${name}`,
      },
    })),
  );

const entryRow = (
  { shop, occurredAt, orderId, transactionId, transaction }: Posted,
  entry: Entry,
) => ({
  shop,
  occurred_at: occurredAt,
  order_id: orderId,
  transaction_id: transactionId,
  transaction_type: transaction,
  entry_id: entry.entryId,
  account: entry.account,
  kind: entry.kind,
  class: entry.class,
  line_id: entry.lineId,
  sku: entry.sku,
  category: entry.category,
  currency: entry.currency,
  exponent: entry.exponent,
  reporting_currency: entry.reportingCurrency,
  reporting_exponent: entry.reportingExponent,
  reverses: entry.reverses,
});

const partsOf = ({ amountMinor, reportingMinor, credits = [] }: Entry) => {
  const rest = credits.reduce(
    (left, credit) => ({
      amount_minor: left.amount_minor - credit.amountMinor,
      reporting_minor: left.reporting_minor - credit.reportingMinor,
    }),
    { amount_minor: amountMinor, reporting_minor: reportingMinor },
  );
  const isWhole = credits.length > 0 && rest.amount_minor === 0 && rest.reporting_minor === 0;
  return [...credits.map(creditPart), ...(isWhole ? [] : [{ name: '', ...rest }])];
};

const creditPart = (credit: Credit) => ({
  name: `/${credit.kind}/${credit.orderId ?? ''}/${credit.id}`,
  amount_minor: credit.amountMinor,
  reporting_minor: credit.reportingMinor,
  credit_kind: credit.kind,
  credit_id: credit.id,
  credit_order_id: credit.orderId,
  credit_touch: credit.touch,
  credit_channel: credit.channel,
  credit_offer_id: credit.offerId,
});
