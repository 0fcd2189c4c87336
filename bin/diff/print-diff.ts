import { type DiffReport, sectionsOfDiff, verdictOf } from '#rehearsal/diff/diff-report.ts';
import { inMarkdown, inWords } from '../sections/print-sections.ts';

/** The verdict, then what differs: as a terminal shows it. */
export const diffInWords = (report: DiffReport): string =>
  [verdictOf(report), inputOf(report).join('\n'), ...sectionsOfDiff(report).map(inWords)].join(
    '\n\n',
  );

/** The same for a pull request: the verdict as a heading's sentence, what is long folded away. */
export const diffInMarkdown = (report: DiffReport): string =>
  [
    '# Journey diff',
    `**${verdictOf(report)}**`,
    inputOf(report).join('  \n'),
    ...sectionsOfDiff(report).map(inMarkdown),
    '',
  ].join('\n\n');

const inputOf = ({ before, after, input }: DiffReport): readonly string[] => [
  `Before: ${before}; after: ${after}.`,
  ...input,
];
