/** A reader that asks once for what it is asked several times, by the same arguments as JSON. A failure is not remembered. */
export const once = <Asked extends readonly unknown[], Read>(
  read: (...asked: Asked) => Promise<Read>,
): ((...asked: Asked) => Promise<Read>) => {
  const known = new Map<string, Promise<Read>>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = read(...asked);
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    return reading;
  };
};
