/** What is the caller's to correct is said in a line, not in a stack trace. */
const mistakes: ReadonlySet<string> = new Set([
  'UnusableInput',
  'InvalidImportMap',
  'UnreadableFile',
  'InvalidDuration',
  'RangeError',
  'InvalidMessages',
  'PortTaken',
  'CannotServe',
  'UnusableFaults',
  'MissingRate',
  'OtherRehearsal',
]);

/** Whether whoever asked for a rehearsal has to ask otherwise. */
export const isMistake = (error: unknown): error is Error =>
  error instanceof Error && mistakes.has(error.name);
