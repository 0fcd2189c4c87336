/** Plain JSON, as it crosses every edge of the engine. Values are shared, never changed. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonArray = (value: Json | undefined): value is readonly Json[] =>
  Array.isArray(value);

/** JSONata marks the arrays it makes with these properties; none of them is data. */
const hasSequenceMarks = (array: object): boolean =>
  'sequence' in array || 'keepSingleton' in array || 'cons' in array || 'outerWrapper' in array;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** JSONata's functions are objects that reach into its environment. */
const isJsonataFunction = (value: object): boolean =>
  '_jsonata_lambda' in value || '_jsonata_function' in value;

const isJson = (value: unknown): value is Json => {
  if (value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (Array.isArray(value)) return !hasSequenceMarks(value) && value.every(isJson);
  return isPlain(value) && !isJsonataFunction(value) && Object.values(value).every(isJson);
};

/** AWS writes a number that JSON has no literal for as the string JavaScript names it by. */
const copyNumber = (value: number): Json => (Number.isFinite(value) ? value : String(value));

const copyObject = (value: object): Json => {
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    const copy = toJson(member);
    if (copy !== undefined) entries.push([key, copy]);
  }
  return Object.fromEntries(entries);
};

const copyOther = (value: object): Json | undefined => {
  if (isJsonataFunction(value)) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item) ?? null);
  if ('toJSON' in value && typeof value.toJSON === 'function') return toJson(value.toJSON());
  return copyObject(value);
};

/**
 * The value as plain JSON: itself when it already is (no copy), otherwise a copy without library
 * marks, class instances and undefined members. Undefined when JSON cannot say it (a function).
 */
export const toJson = (value: unknown): Json | undefined => {
  if (isJson(value)) return value;
  if (typeof value === 'number') return copyNumber(value);
  return typeof value === 'object' && value !== null ? copyOther(value) : undefined;
};
