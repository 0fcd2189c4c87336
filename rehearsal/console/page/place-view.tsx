import { useState } from 'preact/hooks';
import type { ProductView } from '../views.ts';
import { query, tell, wordsOf } from './api.ts';
import { Choice, Heading, Problem } from './parts.tsx';
import { type Live, useAnswer } from './use-console.ts';
import { orderHref } from './use-route.ts';

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

const oneLine: readonly Line[] = [{ sku: '', quantity: 2 }];

/** Places an order as a shop's system would. */
export const PlaceView = ({ live: { state, version } }: { readonly live: Live }) => {
  const [chosen, setShop] = useState<string>();
  const [lines, setLines] = useState(oneLine);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const shop = chosen ?? state?.shops[0]?.id;
  const path = shop === undefined ? undefined : query('products', { shop });
  const { answer: products = [] } = useAnswer<readonly ProductView[]>(path, version);
  const place = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    setBusy(true);
    const wanted = { shop, lines: linesIn(lines, products), ...customerIn(event.currentTarget) };
    tell<{ readonly orderId: string }>('place', wanted).then(
      ({ orderId }) => {
        location.hash = orderHref(shop ?? '', orderId);
      },
      (error: unknown) => {
        setBusy(false);
        setProblem(wordsOf(error));
      },
    );
  };
  return (
    <section>
      <Heading>Place an order</Heading>
      <p class="reading">
        It comes to the bus as one of the shop’s own would, at the virtual now. What becomes of it
        is up to you: nothing ships it but the buttons on its page.
      </p>
      <form class="place" onSubmit={place}>
        <Choice
          label="Shop"
          value={shop ?? ''}
          choices={(state?.shops ?? []).map(({ id, name }) => [id, name] as const)}
          onChoice={(id) => {
            setShop(id);
            setLines(oneLine);
          }}
        />
        <Lines lines={lines} products={products} onLines={setLines} />
        <Customer />
        <Problem words={problem} />
        {products.length === 0 ? (
          <p class="note">
            The shop has not told its catalogue yet: let a minute pass, or skip to the next events.
          </p>
        ) : null}
        <button type="submit" class="main" disabled={isBusy || products.length === 0}>
          Place the order
        </button>
      </form>
    </section>
  );
};

/** A line that nobody has touched shows the first product. */
const linesIn = (lines: readonly Line[], products: readonly ProductView[]): readonly Line[] =>
  lines.map(({ sku, quantity }) => ({ sku: sku || (products[0]?.sku ?? ''), quantity }));

const customerIn = (form: HTMLFormElement): object => {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const given = (name: string) => (text(name) === '' ? {} : { [name]: text(name) });
  return {
    name: text('name'),
    email: text('email'),
    ...given('phone'),
    ...given('locale'),
    agrees: data.get('agrees') !== null,
  };
};

const Customer = () => (
  <fieldset>
    <legend>Customer</legend>
    <label class="field">
      Name
      <input name="name" required maxLength={200} value="Robin Console" />
    </label>
    <label class="field">
      E-mail
      <input name="email" type="email" required maxLength={254} value="robin@customers.example" />
    </label>
    <label class="field">
      Phone (optional)
      <input name="phone" type="tel" placeholder="+49 1512 3456789" />
    </label>
    <label class="field">
      Language (optional)
      <input name="locale" placeholder="de-DE" maxLength={35} />
    </label>
    <label class="tick">
      <input name="agrees" type="checkbox" defaultChecked /> Agrees to marketing by e-mail, and by
      SMS where there is a phone
    </label>
  </fieldset>
);

interface LinesProps {
  readonly lines: readonly Line[];
  readonly products: readonly ProductView[];
  readonly onLines: (lines: readonly Line[]) => void;
}

const Lines = ({ lines, products, onLines }: LinesProps) => {
  const change = (at: number, to: Partial<Line>): void =>
    onLines(lines.map((line, each) => (each === at ? { ...line, ...to } : line)));
  return (
    <fieldset>
      <legend>Lines</legend>
      {lines.map((line, at) => (
        <div class="line" key={at}>
          <Choice
            label={`Product ${at + 1}`}
            value={line.sku || (products[0]?.sku ?? '')}
            choices={products.map(({ sku, name, price }) => [sku, `${name} (${sku}), ${price}`])}
            onChoice={(sku) => change(at, { sku })}
          />
          <label class="field">
            Quantity {lines.length > 1 ? `of ${at + 1}` : ''}
            <input
              type="number"
              min={1}
              max={99}
              required
              value={line.quantity}
              onInput={({ currentTarget }) =>
                change(at, { quantity: Number(currentTarget.value) || 1 })
              }
            />
          </label>
        </div>
      ))}
      <p class="actions">
        <button
          type="button"
          disabled={lines.length >= 20}
          onClick={() =>
            onLines([...lines, { sku: products[lines.length]?.sku ?? '', quantity: 1 }])
          }
        >
          Another product
        </button>
        <button
          type="button"
          disabled={lines.length === 1}
          onClick={() => onLines(lines.slice(0, -1))}
        >
          Leave out the last
        </button>
      </p>
    </fieldset>
  );
};
