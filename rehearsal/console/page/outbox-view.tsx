import { useState } from 'preact/hooks';
import type { MessageRow, MessageView, Page } from '../views.ts';
import { query } from './api.ts';
import { Choice, Heading, Pager, Problem, Table, Time } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { messageHref, orderHref } from './use-route.ts';

const channelWords: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  push: 'push',
  insert: 'card in the parcel',
};

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
    <>
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
        <Table
          caption="Messages, the latest first"
          columns={['Message', 'By', 'Touch', 'Order', 'At', 'To']}
          empty="Nothing was sent yet."
          rows={(answer?.rows ?? []).map((row) => [
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
    </>
  );
};

const Message = ({ id }: { readonly id: string }) => {
  const { answer: message, problem } = useAnswer<MessageView>(query('message', { id }), 0);
  if (message === undefined) return <Problem words={problem} />;
  const { shop, orderId, touch, at, to, from } = message;
  return (
    <article class="message" aria-label={`Message: ${message.head}`}>
      <h2>{message.channel === 'email' ? message.head : (channelWords[message.channel] ?? '')}</h2>
      <dl class="cover">
        <div>
          <dt>Touch</dt>
          <dd>{touch}</dd>
        </div>
        <div>
          <dt>Order</dt>
          <dd>
            <a href={orderHref(shop, orderId)}>{orderId}</a>
          </dd>
        </div>
        <div>
          <dt>At</dt>
          <dd>
            <Time at={at} />
          </dd>
        </div>
        {from === undefined ? null : (
          <div>
            <dt>From</dt>
            <dd>{from}</dd>
          </div>
        )}
        <div>
          <dt>To</dt>
          <dd>{to}</dd>
        </div>
      </dl>
      <Body message={message} />
      {message.links.length === 0 ? null : (
        <p>
          {message.links.map((link) => (
            <a key={link} href={link} target="_blank" rel="noreferrer">
              Follow {link} (in a new tab)
            </a>
          ))}
        </p>
      )}
      {message.note === undefined ? null : <p class="note">{message.note}</p>}
    </article>
  );
};

const Body = ({ message }: { readonly message: MessageView }) => {
  switch (message.channel) {
    case 'email':
      return <Mail message={message} />;
    case 'sms':
      return (
        <div class="phone">
          <p class="bubble">{message.text}</p>
        </div>
      );
    case 'push':
      return (
        <div class="phone">
          <div class="push">
            <p>
              <strong>{message.title}</strong>
            </p>
            <p>{message.text}</p>
          </div>
        </div>
      );
    case 'insert':
      return <p class="card">{message.text}</p>;
  }
};

const widths = [
  ['phone', 'phone, 375 px'],
  ['desktop', 'desktop, 720 px'],
] as const;

/** Its links open beside the console; nothing in it can run. */
const Mail = ({ message: { path, head, text } }: { readonly message: MessageView }) => {
  const [width, setWidth] = useState('phone');
  return (
    <>
      <Choice label="Width" value={width} choices={widths} onChoice={setWidth} />
      <div class={`mail ${width}`}>
        <iframe
          src={path}
          title={`The e-mail: ${head}`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      </div>
      <details>
        <summary>Its text part</summary>
        <pre tabIndex={0}>{text}</pre>
      </details>
    </>
  );
};
