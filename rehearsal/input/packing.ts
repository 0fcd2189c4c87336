import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { pickWeighted, type Random, shuffled } from './draws.ts';
import { MAX_LINES_A_PARCEL, partsWeights } from './fulfilment-rates.ts';

/** What is to be sent, as the contents of one parcel or, where `isSplit`, of two or three. */
export const packed = (
  lines: readonly LineQuantity[],
  isSplit: boolean,
  random: Random,
): readonly (readonly LineQuantity[])[] => {
  if (lines.length === 0) return [];
  const parts = isSplit ? pickWeighted(random, partsWeights) : 1;
  const [only, ...others] = lines;
  const contents =
    only !== undefined && others.length === 0
      ? piecesDealt(only, parts)
      : linesDealt(shuffled(random, lines), Math.min(parts, lines.length));
  return contents.flatMap((content) => chunks(content, MAX_LINES_A_PARCEL));
};

/** One line's pieces, the first parcels holding one more where they do not divide evenly. */
const piecesDealt = ({ lineId, quantity }: LineQuantity, parts: number) => {
  const count = Math.min(parts, quantity);
  return Array.from({ length: count }, (_, part) => [
    { lineId, quantity: Math.floor((quantity - 1 - part) / count) + 1 },
  ]);
};

const linesDealt = (lines: readonly LineQuantity[], parts: number) =>
  Array.from({ length: parts }, (_, part) => lines.filter((_line, at) => at % parts === part));

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) =>
    items.slice(chunk * size, (chunk + 1) * size),
  );
