import { useState } from 'preact/hooks';
import type { OrderRow, Page } from '../views.ts';
import { query } from './api.ts';
import { Choice, Heading, Pager, Problem, Table, Time } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { orderHref } from './use-route.ts';

export const OrdersView = ({ live: { version, state } }: { readonly live: Live }) => {
  const [search, setSearch] = useState('');
  const [shop, setShop] = useState('');
  const [status, setStatus] = useState('');
  const [from, setFrom] = useState(0);
  const { answer, problem } = useAnswer<Page<OrderRow>>(
    query('orders', { search, shop, status, from }),
    version,
  );
  const narrow = (set: (value: string) => void) => (value: string) => {
    setFrom(0);
    set(value);
  };
  return (
    <section>
      <Heading>Orders</Heading>
      <div class="filters">
        <label class="field">
          Order
          <input
            type="search"
            value={search}
            placeholder="part of its id"
            onInput={({ currentTarget }) => narrow(setSearch)(currentTarget.value)}
          />
        </label>
        <Choice
          label="Shop"
          value={shop}
          choices={[
            ['', 'all'],
            ...(state?.shops ?? []).map(({ id, name }) => [id, name] as const),
          ]}
          onChoice={narrow(setShop)}
        />
        <Choice
          label="Status"
          value={status}
          choices={[
            ['', 'any'],
            ...(answer?.choices ?? []).map((each) => [each, each.replaceAll('_', ' ')] as const),
          ]}
          onChoice={narrow(setStatus)}
        />
      </div>
      <Problem words={problem} />
      <Rows rows={answer?.rows ?? []} />
      {answer === undefined ? null : (
        <Pager
          what="orders"
          from={answer.from}
          shown={answer.rows.length}
          total={answer.total}
          onPage={setFrom}
        />
      )}
    </section>
  );
};

const Rows = ({ rows }: { readonly rows: readonly OrderRow[] }) => (
  <Table
    caption="Orders, the latest first"
    columns={['Order', 'Shop', 'Status', 'Placed', 'Last event', 'At', 'Events']}
    numbers={[6]}
    empty="No order has come yet: let time pass, or place one."
    rows={rows.map((row) => [
      <a href={orderHref(row.shop, row.orderId)}>{row.orderId}</a>,
      row.shop,
      <span class={`badge ${row.status}`}>{row.status.replaceAll('_', ' ')}</span>,
      <Time at={row.placedAt} />,
      row.last,
      <Time at={row.lastAt} />,
      row.events,
    ])}
  />
);
