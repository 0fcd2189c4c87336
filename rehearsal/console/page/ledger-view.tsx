import { useState } from 'preact/hooks';
import type { BooksView } from '../views.ts';
import { query } from './api.ts';
import { Choice, Heading, Problem, Table, Time } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { orderHref } from './use-route.ts';

export const LedgerView = ({ live: { state, version } }: { readonly live: Live }) => {
  const [chosen, setChosen] = useState<string>();
  const shop = chosen ?? state?.shops[0]?.id;
  const path = shop === undefined ? undefined : query('books', { shop });
  const { answer, problem } = useAnswer<BooksView>(path, version);
  return (
    <section>
      <Heading>Ledger</Heading>
      <p class="reading">
        Debits are above zero, credits below: revenue that was earned is below zero, what customers
        owe above.
      </p>
      <Choice
        label="Shop"
        value={shop ?? ''}
        choices={(state?.shops ?? []).map(({ id, name }) => [id, name] as const)}
        onChoice={setChosen}
      />
      <Problem words={problem} />
      {answer === undefined ? null : <Books books={answer} of={`shop ${shop}`} />}
    </section>
  );
};

/** Balances and entries. */
export const Books = ({ books, of }: { readonly books: BooksView; readonly of: string }) => (
  <>
    <Table
      caption={`Balances of ${of}`}
      columns={['Account', 'Class', 'Line', 'Amount']}
      numbers={[3]}
      empty="Nothing is booked, or all balances are zero."
      rows={books.balances.map((each) => [each.account, each.class, each.line, each.amount])}
    />
    <details>
      <summary>Entries ({books.entries.length})</summary>
      <Table
        caption={`Entries of ${of}`}
        columns={[
          'At',
          'Order',
          'Transaction',
          'Account',
          'Class',
          'Line',
          'Amount',
          'Credited to',
        ]}
        numbers={[6]}
        empty="None."
        rows={books.entries.map((entry) => [
          <Time at={entry.at} />,
          <a href={orderHref(entry.shop, entry.orderId)}>{entry.orderId}</a>,
          entry.transaction,
          entry.account,
          entry.class,
          entry.line,
          entry.amount,
          entry.credited,
        ])}
      />
    </details>
  </>
);
