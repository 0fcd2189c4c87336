import { detectLanguage } from '#core/adapters/eld-language.ts';
import { checkText, type TextToCheck } from '#core/domain/content/checks/check-text.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { Answered } from './measure-drafts.ts';
import { medianPerSecond } from './rounds.ts';

export interface CheckFigures {
  readonly texts: number;
  /** Texts of each language. */
  readonly languages: Readonly<Record<string, number>>;
  readonly perSecond: number;
}

/** Answers whose texts a round checks, of a large catalogue spread over all of it. */
const MOST_ANSWERS = 200;

/**
 * Checks the texts of answers on one core, the language's detector included. What is read of facts is kept with
 * them by the checks: as in a draft, the texts of one answer share their facts, and no round finds those of another.
 */
export const measureChecks = async (
  answers: readonly Answered[],
  onRound: (share: number) => void,
): Promise<CheckFigures> => {
  const chosen = spread(
    answers.filter(({ texts }) => texts.length > 0),
    MOST_ANSWERS,
  );
  const perSecond = await medianPerSecond({
    prepare: () => chosen.flatMap(textsToCheck),
    run: (texts) => {
      for (const text of texts) checkText(text);
      return texts.length;
    },
    onRound,
  });
  const languages: Record<string, number> = {};
  for (const { request, texts } of chosen) {
    const language = languageOf(request.locale);
    languages[language] = (languages[language] ?? 0) + texts.length;
  }
  const texts = chosen.reduce((sum, answer) => sum + answer.texts.length, 0);
  return { texts, languages, perSecond: texts === 0 ? 0 : perSecond };
};

const textsToCheck = ({ request, texts }: Answered): readonly TextToCheck[] => {
  const facts = structuredClone(request.facts);
  const { locale, bannedWords } = request;
  const language = languageOf(locale);
  return texts.map(({ kind, blocks }) => ({
    kind,
    language,
    blocks,
    facts,
    bannedWords,
    detectLanguage,
  }));
};

const spread = <Each>(all: readonly Each[], most: number): readonly Each[] => {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, at) =>
    all.slice(Math.floor(at * step), Math.floor(at * step) + 1),
  ).flat();
};
