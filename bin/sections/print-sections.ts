import type { Section } from '#rehearsal/cost/report.ts';
import { markdownTable, textTable } from '../audit/map-text.ts';

/** A section as a terminal shows it. */
export const inWords = ({ title, intro, rows, points = [], notes }: Section): string =>
  [
    title,
    ...intro,
    ...(rows === undefined ? [] : [textTable(rows)]),
    ...points.map((point) => `- ${point}`),
    ...notes,
  ].join('\n');

export const inMarkdown = ({ title, intro, rows, points = [], notes }: Section): string =>
  [
    `## ${title}`,
    ...intro,
    ...(rows === undefined ? [] : [markdownTable(rows)]),
    ...(points.length === 0 ? [] : [points.map((point) => `- ${point}`).join('\n')]),
    ...notes,
  ].join('\n\n');
