import { useState } from 'preact/hooks';
import { Choice, Heading } from './parts.tsx';
import type { Live } from './use-console.ts';

const widths = [
  ['phone', 'phone, 375 px'],
  ['desktop', 'desktop'],
] as const;

/** The sample shops' confirmation pages, around the component as it is deployed. */
export const ShopView = ({ live: { state } }: { readonly live: Live }) => {
  const [width, setWidth] = useState('desktop');
  const [path, setPath] = useState('/demo/');
  const shops = (state?.shops ?? []).filter(({ pages }) => pages !== undefined);
  return (
    <section>
      <Heading>Confirmation page</Heading>
      {shops.length === 0 ? (
        <p class="note">
          Only the sample shops have pages here: start the console without a file of orders or
          events.
        </p>
      ) : (
        <>
          <p class="reading">
            A customer orders, and sees what Afterglow offers. The order comes to the bus three real
            seconds later; what is accepted there is answered at once.
          </p>
          <div class="filters">
            {shops.map(({ id, name, pages }) => (
              <button
                key={id}
                type="button"
                onClick={() => setPath(`${pages}/new?at=${Date.now()}`)}
              >
                Order at {name}
              </button>
            ))}
            <button type="button" onClick={() => setPath('/demo/')}>
              All orders
            </button>
            <Choice label="Width" value={width} choices={widths} onChoice={setWidth} />
          </div>
          <div class={`mail ${width}`}>
            <iframe src={path} title="Confirmation page of the sample shop" />
          </div>
        </>
      )}
    </section>
  );
};
