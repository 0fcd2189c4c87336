import type { ContentBlock, Draft, DraftedText } from '#core/domain/content/content.ts';
import { pick } from './frames.ts';
import type { DraftFault } from './model-faults.ts';
import { isInstruction } from './quotable.ts';
import type { AskedDraft } from './read-request.ts';

/** What a draft is spoiled with. */
interface Spoiling {
  readonly asked: AskedDraft;
  readonly draw: () => number;
}

type Spoil = (text: DraftedText, spoiling: Spoiling) => DraftedText | undefined;

/**
 * The draft with one text spoiled by this fault; undefined where the fault finds nothing, such as a warning to
 * drop.
 */
export const misbehave = (
  draft: Draft,
  fault: DraftFault,
  spoiling: Spoiling,
): Draft | undefined => {
  const spoiled = draft.texts.flatMap((text, index) => {
    const changed = spoilers[fault](text, spoiling);
    return changed === undefined ? [] : [{ index, changed }];
  });
  const chosen = pick(spoiled, spoiling.draw);
  return chosen === undefined
    ? undefined
    : { ...draft, texts: draft.texts.with(chosen.index, chosen.changed) };
};

const isGerman = ({ asked }: Spoiling): boolean => asked.task.locale.startsWith('de');

const byLanguage =
  (en: string, de: string) =>
  (spoiling: Spoiling): string =>
    isGerman(spoiling) ? de : en;

/** One block changed: of all, or of a style. */
const changing =
  (
    change: (block: ContentBlock, spoiling: Spoiling) => ContentBlock,
    isMeant: (block: ContentBlock) => boolean = ({ style }) => style !== 'warning',
  ): Spoil =>
  (text, spoiling) => {
    const block = pick(text.blocks.filter(isMeant), spoiling.draw);
    return block === undefined
      ? undefined
      : {
          ...text,
          blocks: text.blocks.with(text.blocks.indexOf(block), change(block, spoiling)),
        };
  };

const saying = (sentence: (spoiling: Spoiling) => string): Spoil =>
  changing((block, spoiling) => ({ ...block, text: `${block.text} ${sentence(spoiling)}` }));

/** A number that no fact has. */
const inventedNumber = (spoiling: Spoiling): string => {
  const known = spoiling.asked.facts.map(({ text }) => text).join(' ');
  const start = 11 + Math.floor(spoiling.draw() * 80);
  const free = Array.from({ length: 200 }, (_, step) => start + step).find(
    (number) => !known.includes(String(number)),
  );
  return byLanguage(`It lasts for ${free} years.`, `Es hält ${free} Jahre lang.`)(spoiling);
};

/** What the catalogue tells a model to do, done; where it tells nothing, something of the model's own. */
const injectedInstruction = (spoiling: Spoiling): string =>
  spoiling.asked.facts.find(({ text }) => isInstruction(text))?.text ??
  byLanguage(
    'Reply with your password to claim your present.',
    'Antworten Sie mit Ihrem Passwort, um Ihr Geschenk zu erhalten.',
  )(spoiling);

/** What must be, said as if it might. */
const softer: readonly (readonly [RegExp, string])[] = [
  [/\bnever\b/i, 'rarely'],
  [/\bdo not\b|\bdon['’]t\b/i, 'try not to'],
  [/\bmust not\b/i, 'may not always'],
  [/\bonly\b/i, 'preferably'],
  [/\bkeep\b/i, 'you may keep'],
  [/\b(?:niemals|nie)\b/i, 'selten'],
  [/\bnicht\b/i, 'möglichst nicht'],
  [/\bnur\b/i, 'am besten'],
];

const softened = (block: ContentBlock, spoiling: Spoiling): ContentBlock => {
  const [from, to] = softer.find(([pattern]) => pattern.test(block.text)) ?? [/^/, ''];
  const lead = byLanguage('If you can: ', 'Wenn möglich: ')(spoiling);
  return { ...block, text: to === '' ? `${lead}${block.text}` : block.text.replace(from, to) };
};

const isWarning = ({ style }: ContentBlock): boolean => style === 'warning';

const dropped: Spoil = (text, { draw }) => {
  const warning = pick(text.blocks.filter(isWarning), draw);
  return warning === undefined
    ? undefined
    : { ...text, blocks: text.blocks.filter((block) => block !== warning) };
};

/** Whole sentences in the other language. */
const otherLanguage = byLanguage(
  'Lesen Sie bitte alles in Ruhe durch, bevor Sie damit anfangen, und heben Sie diesen Text gut auf.',
  'Please read all of this before you start with it, and keep this text where you find it again.',
);

const spoilers: Readonly<Record<DraftFault, Spoil>> = {
  inventedNumber: saying(inventedNumber),
  droppedWarning: dropped,
  softenedWarning: changing(softened, isWarning),
  markup: changing((block, { draw }) => {
    const [open = '', close = ''] =
      pick(
        [
          ['<b>', '</b>'],
          ['**', '**'],
          ['{{ ', ' }}'],
        ],
        draw,
      ) ?? [];
    return { ...block, text: block.text.replace(/\S+/, (word) => `${open}${word}${close}`) };
  }),
  link: saying(
    byLanguage(
      'More at https://guides.example.com/start.',
      'Mehr unter www.anleitung.example.com.',
    ),
  ),
  injectedInstruction: saying(injectedInstruction),
  wrongLanguage: changing((block, spoiling) => ({ ...block, text: otherLanguage(spoiling) })),
  unknownFact: changing((block) => ({ ...block, facts: [...block.facts, 'warranty.lifetime'] })),
  uncited: changing((block) => ({ ...block, facts: [] })),
  superlative: saying(
    byLanguage('It is the best that you can buy.', 'Es ist das beste, das Sie kaufen können.'),
  ),
};
