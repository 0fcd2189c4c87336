import type { Objects } from '#core/ports/objects.ts';

/** Objects by key, to be looked at. */
export const inMemoryObjects = (initial: Readonly<Record<string, string>> = {}) => {
  const stored = new Map(Object.entries(initial));
  const get = (key: string): string => {
    const text = stored.get(key);
    if (text === undefined) throw new Error(`there is no object ${key}`);
    return text;
  };
  const objects: Objects = {
    put: async (key, text) => {
      stored.set(key, text);
    },
    get: async (key) => get(key),
    lines: async function* lines(key) {
      yield* get(key)
        .split('\n')
        .filter((line) => line.trim() !== '');
    },
  };
  return { ...objects, stored };
};
