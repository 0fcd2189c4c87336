import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrastOf, minimumContrast, readableOn } from '#core/domain/messages/contrast.ts';
import type { Problem } from './message-source.ts';
import { sampleShop } from './sample-shop.ts';

/** Where the design says a colour: the first group of the pattern. */
type Colour = RegExp;

interface Pair {
  readonly what: string;
  readonly text: Colour;
  readonly background: Colour;
}

const tag = (start: string, attribute: string): Colour =>
  new RegExp(`<${start}[^>]*\\s${attribute}="(#[0-9a-f]{6})"`);

/** The last rule whose selector ends like this: that of dark mode. */
const dark = (selector: string, property: string): Colour =>
  new RegExp(
    `prefers-color-scheme: dark[\\s\\S]*${RegExp.escape(selector)}\\s*\\{[^}]*?\\b${property}:\\s*(#[0-9a-f]{6})`,
  );

const light = {
  text: tag('mj-text', 'color'),
  muted: tag('mj-class name="aside"', 'color'),
  card: tag('mj-class name="card"', 'background-color'),
  picture: /^ *\.picture \{[^}]*background: (#[0-9a-f]{6})/m,
} as const;

const darkText = dark('.card h2', 'color');
const darkMuted = dark('.muted a', 'color');
const darkCard = dark('.card > table', 'background-color');
const darkPage = dark('.page > div', 'background-color');

/** Every text of the design with what it stands on. */
const pairs: readonly Pair[] = [
  { what: 'text on a card', text: light.text, background: light.card },
  { what: 'muted text on a card', text: light.muted, background: light.card },
  { what: 'alt text of a picture', text: light.muted, background: light.picture },
  { what: 'dark text on a card', text: darkText, background: darkCard },
  { what: 'dark muted text on a card', text: darkMuted, background: darkCard },
  { what: 'dark muted text on the page', text: darkMuted, background: darkPage },
  {
    what: 'dark alt text of a picture',
    text: dark('.picture', 'color'),
    background: dark('.picture', 'background'),
  },
];

/** Texts of the design that WCAG says cannot be read where they stand. */
export const colourProblems = (folder: string): readonly Problem[] => {
  const file = join(folder, 'design', 'head.mjml');
  const head = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const { primary, onPrimary } = sampleShop.brand;
  return [
    ...pairs.map(({ what, text, background }) => ({
      what,
      text: text.exec(head)?.[1],
      background: background.exec(head)?.[1],
    })),
    {
      what: 'text on the shop’s colour',
      text: readableOn(primary, onPrimary),
      background: primary,
    },
  ].flatMap((pair) => contrastProblem(file, pair));
};

interface FoundPair {
  readonly what: string;
  readonly text: string | undefined;
  readonly background: string | undefined;
}

const contrastProblem = (
  file: string,
  { what, text, background }: FoundPair,
): readonly Problem[] => {
  if (text === undefined || background === undefined)
    return [{ file, what: `${what}: has no ${text === undefined ? 'colour' : 'background'}` }];
  const contrast = contrastOf(text, background);
  return contrast < minimumContrast
    ? [
        {
          file,
          what: `${what}: ${text} on ${background} has a contrast of ${contrast.toFixed(2)}, expected ${minimumContrast}`,
        },
      ]
    : [];
};
