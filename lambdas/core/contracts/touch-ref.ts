import * as z from 'zod';
import type { TouchRef } from '../domain/touches/touch-record.ts';

/** What `decide-touch` puts on the queue of a touch's channel. */
export const touchRef = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  touchId: z.string().min(1),
});

const written = z.tuple([z.string().min(1), z.string().min(1), z.string().min(1)]);

/**
 * A touch's name as providers carry it with a message and give it back: base64url of the JSON of shop, order and
 * touch, so letters, digits, `-` and `_` alone.
 */
export const encodeTouchRef = ({ shop, orderId, touchId }: TouchRef): string =>
  Buffer.from(JSON.stringify([shop, orderId, touchId])).toString('base64url');

/**
 * The touch that `encodeTouchRef` named.
 *
 * @throws for a text that names none: what comes back from outside need not be ours
 */
export const decodeTouchRef = (encoded: string): TouchRef => {
  const read = written.safeParse(jsonOf(Buffer.from(encoded, 'base64url').toString('utf8')));
  if (!read.success)
    throw new Error(
      `got a touch reference of ${encoded.length} characters that names no touch, expected base64url of [shop, order, touch]: was the message sent by this deployment?`,
    );
  const [shop, orderId, touchId] = read.data;
  return { shop, orderId, touchId };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const PART_NAME = /^ref(\d+)$/;

/**
 * The encoded reference in parts `ref1`, `ref2`, … of at most so many characters, for providers that limit the
 * length of a value.
 */
export const touchRefParts = (
  ref: TouchRef,
  mostCharacters: number,
): Readonly<Record<string, string>> => {
  const encoded = encodeTouchRef(ref);
  const count = Math.ceil(encoded.length / mostCharacters);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `ref${index + 1}`,
      encoded.slice(index * mostCharacters, (index + 1) * mostCharacters),
    ]),
  );
};

/**
 * The touch named by what came back with a message: `ref`, or `ref1`, `ref2`, … put together again. Undefined
 * where there is neither: the message is not of ours.
 *
 * @throws when there is a reference that names no touch
 */
export const touchRefIn = (values: Readonly<Record<string, string>>): TouchRef | undefined => {
  const parts = Object.entries(values)
    .flatMap(([name, value]) => {
      const [, place] = PART_NAME.exec(name) ?? [];
      return place === undefined ? [] : [{ place: Number(place), value }];
    })
    .toSorted((a, b) => a.place - b.place);
  const encoded = values['ref'] ?? parts.map(({ value }) => value).join('');
  return encoded === '' ? undefined : decodeTouchRef(encoded);
};
