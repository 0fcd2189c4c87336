import { LiquidError } from 'liquidjs';
import { placeOf, type Problem } from './message-source.ts';

/** What Liquid says is wrong, and where in these files that was written. */
export const liquidProblem = (files: readonly string[], error: unknown): Problem => {
  const fallback = { file: files[0] ?? '' };
  if (!LiquidError.is(error)) return { ...fallback, what: String(error) };
  const what = error.message.replace(/, line:\d+, col:\d+$/, '');
  const places = files.map((each) => placeOf(each, error.token.getText()));
  return { ...(places.find(({ line }) => line !== undefined) ?? fallback), what };
};
