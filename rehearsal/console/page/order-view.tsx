import { useState } from 'preact/hooks';
import type { DeedView, GraphView, OrderView as Order } from '../views.ts';
import { query, tell, wordsOf } from './api.ts';
import { Books } from './ledger-view.tsx';
import { JourneyGraph } from './journey-graph.tsx';
import { Choice, Heading, Problem, Table, Time } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { messageHref } from './use-route.ts';

interface OrderViewProps {
  readonly shop: string;
  readonly orderId: string;
  readonly live: Live;
}

export const OrderView = ({ shop, orderId, live }: OrderViewProps) => {
  const { version, refresh } = live;
  const { answer: order, problem } = useAnswer<Order>(
    query('order', { shop, order: orderId }),
    version,
  );
  const { answer: graphs = [] } = useAnswer<readonly GraphView[]>('journeys', 0);
  return (
    <>
      <section>
        <Heading>
          Order {orderId} of {shop}
        </Heading>
        <Problem words={problem} />
        {order === undefined ? null : <Summary order={order} />}
      </section>
      {order === undefined ? null : (
        <>
          <Deeds order={order} onDone={refresh} />
          <Timeline order={order} />
          <Journeys order={order} graphs={graphs} />
          <Received order={order} />
          <section>
            <h2>Ledger</h2>
            <Books books={order.books} of={`order ${orderId}`} />
          </section>
          <ConfirmationPage order={order} />
        </>
      )}
    </>
  );
};

const Summary = ({ order }: { readonly order: Order }) => (
  <>
    <dl class="cover">
      <div>
        <dt>Status</dt>
        <dd>
          <span class="badge">{order.status}</span>
        </dd>
      </div>
      <div>
        <dt>Total</dt>
        <dd>{order.total}</dd>
      </div>
      <div>
        <dt>Customer</dt>
        <dd>{order.customer}</dd>
      </div>
    </dl>
    <Table
      caption="Lines"
      columns={['Product', 'Name', 'Ordered', 'Cancelled', 'To ship', 'To arrive', 'Amount']}
      numbers={[2, 3, 4, 5, 6]}
      empty="The order itself has not come yet."
      rows={order.lines.map((line) => [
        line.sku,
        line.name,
        line.quantity,
        line.cancelled,
        line.toDispatch,
        line.toDeliver,
        line.price,
      ])}
    />
    <Table
      caption="Parcels"
      columns={['Parcel', 'Status', 'With']}
      empty="No parcel has left."
      rows={order.parcels.map(({ parcelId, status, lines }) => [parcelId, status, lines])}
    />
  </>
);

const scores = Array.from({ length: 11 }, (_, score) => [String(score), String(score)] as const);

const Deeds = ({ order, onDone }: { readonly order: Order; readonly onDone: () => void }) => {
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [score, setScore] = useState('3');
  const { shop, orderId, deeds } = order;
  const act = ({ kind, label }: DeedView): void => {
    const answer = kind === 'answer' ? { score: Number(score) } : {};
    tell<{ readonly done: string }>('deed', { kind, shop, orderId, ...answer }).then(
      ({ done }) => {
        setProblem(undefined);
        setSaid(`${label}: ${done}.`);
        onDone();
      },
      (error: unknown) => {
        setSaid(undefined);
        setProblem(`${label}: ${wordsOf(error)}.`);
      },
    );
  };
  return (
    <section>
      <h2>Try something</h2>
      <p class="note">
        Each goes the way that shops, carriers and customers go, at the virtual now; ten seconds
        pass.
      </p>
      <ul class="deeds">
        {deeds.map((deed) => (
          <li key={deed.kind}>
            <button
              type="button"
              aria-describedby={deed.refusal === undefined ? undefined : `why-${deed.kind}`}
              class={deed.refusal === undefined ? undefined : 'idle'}
              onClick={() => act(deed)}
            >
              {deed.label}
              {deed.kind === 'answer' ? ` with ${score}` : ''}
            </button>
            {deed.refusal === undefined ? null : (
              <span class="why" id={`why-${deed.kind}`}>
                {deed.refusal}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Choice label="Answer to the survey" value={score} choices={scores} onChoice={setScore} />
      <p role="status" class="done">
        {said}
      </p>
      <Problem words={problem} />
    </section>
  );
};

const kinds = ['event', 'milestone', 'touch', 'wait', 'journey'] as const;

const Timeline = ({ order: { timeline, waits, profile, planned } }: { readonly order: Order }) => {
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
        {kinds.map((kind) => (
          <label class="tick" key={kind}>
            <input type="checkbox" checked={!hidden.has(kind)} onChange={() => toggle(kind)} />
            {kind}s
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

const Journeys = ({
  order: { journeys },
  graphs,
}: {
  readonly order: Order;
  readonly graphs: readonly GraphView[];
}) => {
  const [chosen, setChosen] = useState<string>();
  const latest = journeys.findLast(({ status }) => status === 'running') ?? journeys.at(-1);
  const journey = journeys.find(({ name }) => name === chosen) ?? latest;
  const graph = graphs.find(({ machine }) => machine === journey?.machine);
  return (
    <section>
      <h2>Journeys</h2>
      {journey === undefined ? (
        <p class="note">No journey has begun.</p>
      ) : (
        <>
          <Choice
            label="Execution"
            value={journey.name}
            choices={journeys.map((each) => [
              each.name,
              `${each.machine}: ${each.status}, from ${each.startedAt.slice(0, 16).replace('T', ' ')}`,
            ])}
            onChoice={setChosen}
          />
          {graph === undefined ? null : (
            <JourneyGraph key={journey.name} graph={graph} journey={journey} />
          )}
        </>
      )}
    </section>
  );
};

const Received = ({ order: { messages } }: { readonly order: Order }) => (
  <section>
    <h2>Messages</h2>
    <Table
      caption="What the customer received"
      columns={['Message', 'By', 'Touch', 'At']}
      empty="Nothing yet."
      rows={messages.map(({ id, head, channel, touch, at }) => [
        <a href={messageHref(id)}>{head === '' ? touch : head}</a>,
        channel,
        touch,
        <Time at={at} />,
      ])}
    />
  </section>
);

const ConfirmationPage = ({ order: { page, confirmation } }: { readonly order: Order }) => {
  if (page.length === 0 && confirmation === undefined) return null;
  return (
    <section>
      <h2>Confirmation page</h2>
      {confirmation === undefined ? null : (
        <p>
          <a href={confirmation} target="_blank" rel="noreferrer">
            Open it as the customer (in a new tab)
          </a>
        </p>
      )}
      {page.length === 0 ? (
        <p class="note">Nobody has opened it.</p>
      ) : (
        <pre tabIndex={0}>{page.join('\n')}</pre>
      )}
    </section>
  );
};
