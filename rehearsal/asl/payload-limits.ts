import { ErrorName, StateError } from './errors.ts';
import { isJsonArray, type Json, type JsonObject } from './json.ts';
import type { Scope } from './scope.ts';

/** Input, output, result and one Assign: 256 KiB of UTF-8 text. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;
/** All variables of an execution. */
const MAX_VARIABLES_BYTES = 10 * 1024 * 1024;

/** A UTF-16 unit is at most 6 bytes of JSON text: an escaped control character. */
const MAX_BYTES_PER_UNIT = 6;
/** A number's longest text is 24 characters (`-1.2345678901234567e-300`); separators come on top. */
const MAX_BYTES_PER_SCALAR = 26;

/** No smaller than the size of the value's JSON text; stops counting above `enough`. */
const roughBytes = (value: Json, enough: number): number => {
  if (typeof value === 'string') return value.length * MAX_BYTES_PER_UNIT + 3;
  if (typeof value !== 'object' || value === null) return MAX_BYTES_PER_SCALAR;
  return isJsonArray(value) ? roughArrayBytes(value, enough) : roughObjectBytes(value, enough);
};

const roughArrayBytes = (items: readonly Json[], enough: number): number => {
  let bytes = 3;
  for (const item of items) {
    bytes += roughBytes(item, enough);
    if (bytes > enough) break;
  }
  return bytes;
};

const roughObjectBytes = (object: JsonObject, enough: number): number => {
  let bytes = 3;
  for (const key in object) {
    bytes += key.length * MAX_BYTES_PER_UNIT + 4 + roughBytes(object[key] ?? null, enough);
    if (bytes > enough) break;
  }
  return bytes;
};

/** The size of the value's JSON text in bytes. */
export const byteLength = (value: Json): number => Buffer.byteLength(JSON.stringify(value));

/** Most payloads are small enough for a rough count to settle the question. */
export const exceeds = (value: Json, limit: number): boolean =>
  roughBytes(value, limit) > limit && byteLength(value) > limit;

/** AWS's wording, for a state's or a task's result. */
export const checkResultSize = (name: string, value: Json): void => {
  if (exceeds(value, MAX_PAYLOAD_BYTES))
    throw new StateError(
      ErrorName.dataLimitExceeded,
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
};

const totalBytes = (values: Iterable<Json>): number => {
  let total = 0;
  for (const value of values) total += roughBytes(value, MAX_VARIABLES_BYTES);
  return total;
};

const exactTotalBytes = (values: Iterable<Json>): number => {
  let total = 0;
  for (const value of values) total += byteLength(value);
  return total;
};

/** One Assign may set 256 KiB, and all variables together may hold 10 MiB. */
export const checkVariableSizes = (stateName: string, assigned: JsonObject, scope: Scope): void => {
  if (exceeds(assigned, MAX_PAYLOAD_BYTES))
    throw new StateError(
      ErrorName.dataLimitExceeded,
      `The state '${stateName}' assigned variables with a size exceeding the limit of ${MAX_PAYLOAD_BYTES} bytes for one Assign.`,
    );
  const all = [...scope.valuesAfter(assigned)];
  if (totalBytes(all) > MAX_VARIABLES_BYTES && exactTotalBytes(all) > MAX_VARIABLES_BYTES)
    throw new StateError(
      ErrorName.dataLimitExceeded,
      `The state '${stateName}' raised the size of all variables above the limit of ${MAX_VARIABLES_BYTES} bytes.`,
    );
};
