/** RFC 3339 as the States Language narrows it: upper-case T and Z, offset or Z required. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch, or undefined when the text is no such timestamp. */
export const parseTimestamp = (text: string): number | undefined => {
  const ms = rfc3339.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
};
