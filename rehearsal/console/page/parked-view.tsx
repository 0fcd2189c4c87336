import { useState } from 'preact/hooks';
import type { ParkedRow } from '../views.ts';
import { tell, wordsOf } from './api.ts';
import { Heading, Problem } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';

export const ParkedView = ({ live: { version, refresh } }: { readonly live: Live }) => {
  const { answer: parked = [], problem } = useAnswer<readonly ParkedRow[]>('parked', version);
  const [said, setSaid] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const redrive = (messageId?: string): void => {
    tell<{ readonly count: number }>('redrive', messageId === undefined ? {} : { messageId }).then(
      ({ count }) => {
        setRefused(undefined);
        setSaid(
          `${count} sent in again. What cannot be used now either is parked again, with the reason.`,
        );
        refresh();
      },
      (error: unknown) => setRefused(wordsOf(error)),
    );
  };
  return (
    <section>
      <Heading>Parked events</Heading>
      <p class="reading">
        Events that could not be used, with the reason. On AWS: <code>npm run parked</code>.
      </p>
      <p role="status" class="done">
        {said}
      </p>
      <Problem words={refused ?? problem} />
      {parked.length === 0 ? (
        <p class="note">Nothing is parked.</p>
      ) : (
        <>
          <p class="actions">
            <button type="button" onClick={() => redrive()}>
              Send all in again
            </button>
          </p>
          <ul class="parked">
            {parked.map((event) => (
              <Parked key={event.messageId} event={event} onRedrive={redrive} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

interface ParkedProps {
  readonly event: ParkedRow;
  readonly onRedrive: (messageId: string) => void;
}

const Parked = ({ event, onRedrive }: ParkedProps) => {
  const { messageId, type, source, reason, problem, body } = event;
  return (
    <li>
      <h2>
        {type} <span class="of">of {source === '' ? 'nobody' : source}</span>
      </h2>
      <p>
        <span class="badge high">{reason}</span> {problem}
      </p>
      <details>
        <summary>The event</summary>
        <pre tabIndex={0}>{body}</pre>
      </details>
      <button
        type="button"
        aria-label={`Send in again: ${type}, ${messageId}`}
        onClick={() => onRedrive(messageId)}
      >
        Send in again
      </button>
    </li>
  );
};
