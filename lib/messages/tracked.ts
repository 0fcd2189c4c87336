/**
 * The value with a note of everything that is read of it: `order.items.lines[].name`. What a template
 * uses through a variable of its own cannot be told from its text.
 */
export const tracked = <Value extends object>(
  value: Value,
  note: (path: string) => void,
  path = '',
): Value =>
  new Proxy(value, {
    get: (target, key): unknown => {
      const inner: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return inner;
      const here = pathOf(target, path, key);
      note(here);
      return typeof inner === 'object' && inner !== null ? tracked(inner, note, here) : inner;
    },
  });

const pathOf = (target: object, path: string, key: string): string => {
  if (Array.isArray(target)) return `${path}[]`;
  return path === '' ? key : `${path}.${key}`;
};
