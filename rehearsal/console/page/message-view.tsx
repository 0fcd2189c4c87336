import { useState } from 'preact/hooks';
import type { MessageView } from '../views.ts';
import { query } from './api.ts';
import { Choice, Problem, Time } from './parts.tsx';
import { useAnswer } from './use-console.ts';
import { orderHref } from './use-route.ts';

export const channelWords: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  push: 'push',
  insert: 'card in the parcel',
};

/** One message as it is read. */
export const Message = ({ id }: { readonly id: string }) => {
  const { answer: message, problem } = useAnswer<MessageView>(query('message', { id }), 0);
  if (message === undefined) return <Problem words={problem} />;
  const { shop, orderId, touch, at, to, from } = message;
  const facts = [
    ['Touch', touch],
    ['Order', <a href={orderHref(shop, orderId)}>{orderId}</a>],
    ['At', <Time at={at} />],
    ...(from === undefined ? [] : [['From', from] as const]),
    ['To', to],
  ] as const;
  return (
    <article class="message" aria-label={`Message: ${message.head}`}>
      <h2>{message.channel === 'email' ? message.head : (channelWords[message.channel] ?? '')}</h2>
      <dl class="cover">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
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
  ['both', 'phone and desktop'],
  ['phone', 'phone, 375 px'],
  ['desktop', 'desktop, 720 px'],
] as const;

/** Pixels of a screen that has room for both. */
const WIDE = 1200;

/** Its links open beside the console; nothing in it can run. */
const Mail = ({ message: { path, head, text } }: { readonly message: MessageView }) => {
  const [width, setWidth] = useState(innerWidth >= WIDE ? 'both' : 'phone');
  return (
    <>
      <Choice label="Width" value={width} choices={widths} onChoice={setWidth} />
      <div class="mails">
        {['phone', 'desktop'].map((each) =>
          width === each || width === 'both' ? (
            <div key={each} class={`mail ${each}`}>
              <iframe
                src={path}
                title={`The e-mail on a ${each}: ${head}`}
                sandbox="allow-popups allow-popups-to-escape-sandbox"
              />
            </div>
          ) : null,
        )}
      </div>
      <details>
        <summary>Its text part</summary>
        <pre tabIndex={0}>{text}</pre>
      </details>
    </>
  );
};
