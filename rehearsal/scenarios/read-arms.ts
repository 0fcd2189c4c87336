import { oneOf } from './nearest.ts';
import { type Note, quoted, type Written } from './notebook.ts';

interface Known {
  readonly arms?: Readonly<Record<string, readonly string[]>>;
  readonly note: Note;
}

/** `arms: { holdout: holdout }`: the arm of each experiment that is named. */
export const readArms = (
  value: Written | undefined,
  { arms = {}, note }: Known,
): Readonly<Record<string, string>> => {
  if (value === undefined) return {};
  if (value.kind !== 'map') {
    note(
      value.line,
      `arms: got ${quoted(value)}, expected an arm by experiment: { holdout: holdout }`,
    );
    return {};
  }
  return Object.fromEntries(
    value.entries.flatMap(({ key, line, value: arm }) => {
      const names = arms[key];
      if (names === undefined)
        note(
          line,
          `arms: got the experiment "${key}", expected ${oneOf(Object.keys(arms)) || 'none: nothing is tried'}`,
        );
      else if (arm.kind === 'text' && names.includes(arm.text)) return [[key, arm.text] as const];
      else note(line, `arms: got ${quoted(arm)}, expected an arm of ${key}: ${oneOf(names)}`);
      return [];
    }),
  );
};
