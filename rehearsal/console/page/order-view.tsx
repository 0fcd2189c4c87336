import { useState } from 'preact/hooks';
import type { GraphView, OrderView as Order } from '../views.ts';
import { query } from './api.ts';
import { Deeds } from './deeds.tsx';
import { Books } from './ledger-view.tsx';
import { JourneyGraph } from './journey-graph.tsx';
import { Choice, Heading, Problem, Table, Time } from './parts.tsx';
import { Timeline } from './timeline.tsx';
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
        <pre class="told" tabIndex={0}>
          {page.join('\n')}
        </pre>
      )}
    </section>
  );
};
