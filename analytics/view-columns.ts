import type { MetricsInput } from './config-views.ts';
import { viewsOf } from './views.ts';

/** The columns of every view, by its name. @throws naming a file that is not as it should be */
export const viewColumns = (input: MetricsInput): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    viewsOf(input).map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  );
