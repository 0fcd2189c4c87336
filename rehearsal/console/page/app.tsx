import { ClockBar } from './clock-bar.tsx';
import { JourneysView } from './journeys-view.tsx';
import { LedgerView } from './ledger-view.tsx';
import { MetricsView } from './metrics-view.tsx';
import { OrderView } from './order-view.tsx';
import { OrdersView } from './orders-view.tsx';
import { OutboxView } from './outbox-view.tsx';
import { ParkedView } from './parked-view.tsx';
import { Problem } from './parts.tsx';
import { PlaceView } from './place-view.tsx';
import { ShopView } from './shop-view.tsx';
import { type Live, useLive } from './use-console.ts';
import { useRoute } from './use-route.ts';

const views = [
  ['orders', 'Orders'],
  ['place', 'Place an order'],
  ['outbox', 'Outbox'],
  ['journeys', 'Journeys'],
  ['shop', 'Confirmation page'],
  ['ledger', 'Ledger'],
  ['metrics', 'Metrics'],
  ['parked', 'Parked events'],
] as const;

export const App = () => {
  const live = useLive();
  const route = useRoute();
  const [room = ''] = route;
  const current = views.find(([name]) => name === room)?.[0] ?? 'orders';
  const parked = live.state?.totals.parked ?? 0;
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        To the content
      </a>
      <header>
        <p class="brand">Afterglow console</p>
        {live.state === undefined ? null : <ClockBar state={live.state} onDone={live.refresh} />}
        <Problem words={live.problem} />
      </header>
      <nav class="views" aria-label="Views">
        <ul>
          {views.map(([name, words]) => (
            <li key={name}>
              <a href={`#/${name}`} aria-current={name === current ? 'page' : undefined}>
                {words}
                {name === 'parked' && parked > 0 ? ` (${parked})` : ''}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>
        <View key={route.join('/')} room={current} route={route} live={live} />
      </main>
    </>
  );
};

/** The address is the view's: the link to the content must not change it. */
const toMain = (event: Event): void => {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
};

interface ViewProps {
  readonly room: (typeof views)[number][0];
  readonly route: readonly string[];
  readonly live: Live;
}

const View = ({ room, route: [, first, second], live }: ViewProps) => {
  switch (room) {
    case 'orders':
      return first !== undefined && second !== undefined ? (
        <OrderView shop={first} orderId={second} live={live} />
      ) : (
        <OrdersView live={live} />
      );
    case 'place':
      return <PlaceView live={live} />;
    case 'outbox':
      return <OutboxView live={live} chosen={first} />;
    case 'journeys':
      return <JourneysView live={live} />;
    case 'shop':
      return <ShopView live={live} />;
    case 'ledger':
      return <LedgerView live={live} />;
    case 'metrics':
      return <MetricsView live={live} />;
    case 'parked':
      return <ParkedView live={live} />;
  }
};
