import { useState } from 'preact/hooks';
import type { MessageRow, Page } from '../views.ts';
import { query } from './api.ts';
import { channelWords, Message } from './message-view.tsx';
import { Choice, Heading, Pager, Problem, Table, Time } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { messageHref, orderHref } from './use-route.ts';

interface OutboxProps {
  readonly live: Live;
  /** The message that is shown. */
  readonly chosen: string | undefined;
}

export const OutboxView = ({ live: { version }, chosen }: OutboxProps) => {
  const [channel, setChannel] = useState('');
  const [search, setSearch] = useState('');
  const [from, setFrom] = useState(0);
  const { answer, problem } = useAnswer<Page<MessageRow>>(
    query('messages', { channel, search, from }),
    version,
  );
  return (
    <section>
      <Heading>Outbox</Heading>
      {chosen === undefined ? null : <Message id={chosen} />}
      <div class="filters">
        <Choice
          label="Channel"
          value={channel}
          choices={[
            ['', 'all'],
            ...(answer?.choices ?? []).map((each) => [each, channelWords[each] ?? each] as const),
          ]}
          onChoice={(value) => {
            setFrom(0);
            setChannel(value);
          }}
        />
        <label class="field">
          Order or touch
          <input
            type="search"
            value={search}
            onInput={({ currentTarget }) => {
              setFrom(0);
              setSearch(currentTarget.value);
            }}
          />
        </label>
      </div>
      <Problem words={problem} />
      <Rows rows={answer?.rows ?? []} chosen={chosen} />
      {answer === undefined ? null : (
        <Pager
          what="messages"
          from={answer.from}
          shown={answer.rows.length}
          total={answer.total}
          onPage={setFrom}
        />
      )}
    </section>
  );
};

interface RowsProps {
  readonly rows: readonly MessageRow[];
  readonly chosen: string | undefined;
}

const Rows = ({ rows, chosen }: RowsProps) => (
  <Table
    caption="Messages, the latest first"
    columns={['Message', 'By', 'Touch', 'Order', 'At', 'To']}
    empty="Nothing was sent yet."
    rows={rows.map((row) => [
      <a href={messageHref(row.id)} aria-current={row.id === chosen ? 'true' : undefined}>
        {row.head === '' ? row.touch : row.head}
      </a>,
      channelWords[row.channel] ?? row.channel,
      row.touch,
      <a href={orderHref(row.shop, row.orderId)}>{row.orderId}</a>,
      <Time at={row.at} />,
      row.to,
    ])}
  />
);
