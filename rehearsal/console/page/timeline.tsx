import { useState } from 'preact/hooks';
import type { OrderView as Order } from '../views.ts';
import { Time } from './parts.tsx';

const kinds = [
  ['event', 'events'],
  ['milestone', 'milestones'],
  ['touch', 'touches'],
  ['wait', 'waits'],
  ['journey', 'journeys'],
] as const;

/** Everything known of an order, in order of time, and what it waits for. */
export const Timeline = ({
  order: { timeline, waits, profile, planned },
}: {
  readonly order: Order;
}) => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (kind: string): void => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    setHidden(next);
  };
  return (
    <section>
      <h2>Timeline</h2>
      <div class="filters" role="group" aria-label="What the timeline shows">
        {kinds.map(([kind, words]) => (
          <label class="tick" key={kind}>
            <input type="checkbox" checked={!hidden.has(kind)} onChange={() => toggle(kind)} />
            {words}
          </label>
        ))}
      </div>
      <ol class="timeline">
        {timeline
          .filter(({ kind }) => !hidden.has(kind))
          .map(({ at, kind, what, because }, index) => (
            <li key={index} class={kind}>
              <Time at={at} /> <span class="kind">{kind}</span> <span class="what">{what}</span>
              {because.length === 0 ? null : <Reasons because={because} />}
            </li>
          ))}
      </ol>
      <h3>Waits for</h3>
      {waits.length === 0 ? (
        <p class="note">Nothing at the moment.</p>
      ) : (
        <ul>
          {waits.map(({ what, until }) => (
            <li key={what}>
              {what}
              {until === undefined ? '' : ', until '}
              {until === undefined ? null : <Time at={until} />}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>What it is taken for, and what is planned</summary>
        <ul>
          {[...profile, ...planned].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </section>
  );
};

/** What refused or held comes first: it is what one asks about. */
const Reasons = ({ because }: { readonly because: readonly string[] }) => {
  const telling = because.filter((reason) => !reason.startsWith('✓'));
  const passed = because.filter((reason) => reason.startsWith('✓'));
  return (
    <>
      {telling.length === 0 ? null : (
        <ul class="reasons">
          {telling.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {passed.length === 0 ? null : (
        <details>
          <summary>
            {passed.length === 1 ? '1 rule agrees' : `${passed.length} rules agree`}
          </summary>
          <ul class="reasons">
            {passed.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
