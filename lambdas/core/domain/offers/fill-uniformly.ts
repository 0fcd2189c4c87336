import type { Contenders } from './contenders.ts';
import type { PageRoom } from './page-room.ts';

/**
 * Contenders of one type, partner, category and shared product: a page has room for all of them or for
 * none, so that counting them by kind is enough.
 */
export interface Kinds {
  /** Contenders of each kind. */
  readonly members: readonly (readonly number[])[];
  /** The kind of each contender. */
  readonly kindOf: Int32Array;
}

export const kindsOf = ({ type, partner, category, product }: Contenders): Kinds => {
  const numbers = new Map<number, number>();
  const members: number[][] = [];
  const base = type.length + 1;
  const kindOf = type.map((_, each) => {
    const key = [type, partner, category, product].reduce(
      (sum, group) => sum * base + (group[each] ?? -1) + 1,
      0,
    );
    const kind = numbers.get(key) ?? members.length;
    numbers.set(key, kind);
    (members[kind] ??= []).push(each);
    return kind;
  });
  return { members, kindOf };
};

/** How many contenders the page has room for, without those that are on it. */
export const allowedIn = (room: PageRoom, kinds: Kinds): number =>
  kinds.members.reduce((sum, _, kind) => sum + allowedOf(room, kinds, kind), 0);

/**
 * Fills the page with any contender that it allows, each as likely as any other, until it is full.
 *
 * @param onPlace is told, before a place is filled, among how many
 */
export const fillUniformly = (
  room: PageRoom,
  kinds: Kinds,
  uniform: () => number,
  onPlace: (allowed: number) => void = () => undefined,
): void => {
  while (!room.isFull()) {
    const sizes = kinds.members.map((_, kind) => allowedOf(room, kinds, kind));
    const allowed = sizes.reduce((sum, size) => sum + size, 0);
    onPlace(allowed);
    let left = Math.floor(uniform() * allowed);
    const at = sizes.findIndex((size) => {
      left -= size;
      return left < 0;
    });
    const chosen = kinds.members[at]
      ?.filter((each) => !room.placed.includes(each))
      .at(left + (sizes[at] ?? 0));
    if (chosen === undefined) return;
    room.take(chosen);
  }
};

const allowedOf = (room: PageRoom, { members, kindOf }: Kinds, kind: number): number => {
  const own = members[kind] ?? [];
  if (!room.fits(own[0] ?? -1)) return 0;
  let size = own.length;
  for (const placed of room.placed) if (kindOf[placed] === kind) size--;
  return size;
};
