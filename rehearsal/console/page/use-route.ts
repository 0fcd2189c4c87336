import { useEffect, useState } from 'preact/hooks';

/** The parts of the address behind `#/`. */
export const useRoute = (): readonly string[] => {
  const [route, setRoute] = useState(partsOf(location.hash));
  useEffect(() => {
    const onChange = (): void => setRoute(partsOf(location.hash));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
};

const partsOf = (hash: string): readonly string[] =>
  hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decodeURIComponent(part));

export const orderHref = (shop: string, orderId: string): string =>
  `#/orders/${encodeURIComponent(shop)}/${encodeURIComponent(orderId)}`;

export const messageHref = (id: string): string => `#/outbox/${encodeURIComponent(id)}`;
