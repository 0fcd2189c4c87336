/**
 * A copy of what is plain: objects, arrays, texts, numbers that JSON has, booleans and null, as `JSON.parse` would read it
 * from what `JSON.stringify` writes. Members that are undefined are left out.
 */
export const jsonCopy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(jsonCopy);
  const members: Readonly<Record<string, unknown>> = Object(value);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === undefined) continue;
    if (name === '__proto__')
      Object.defineProperty(copy, name, { ...OWN, value: jsonCopy(member) });
    else copy[name] = jsonCopy(member);
  }
  return copy;
};

const OWN = { configurable: true, enumerable: true, writable: true };
