import type { FactProposal, ProposableFact } from '#core/domain/content/content.ts';
import type { GivenFact } from './read-request.ts';

type Proposed = Omit<FactProposal, 'fact'>;

/** What obvious evidence says of facts that nobody states; without any, nothing is proposed. */
export const proposalsFrom = (
  wanted: readonly ProposableFact[],
  facts: readonly GivenFact[],
): readonly FactProposal[] =>
  wanted.flatMap((fact) => {
    const found = finders[fact](facts);
    return found === undefined ? [] : [{ fact, ...found }];
  });

interface Clue {
  readonly value: string;
  readonly types: readonly string[];
  /** @default any text of these types */
  readonly words?: RegExp;
  readonly confidence: number;
  readonly because: string;
}

/** The first clue that fits, with the facts that it fits. */
const byClues =
  (clues: readonly Clue[]) =>
  (facts: readonly GivenFact[]): Proposed | undefined => {
    for (const { value, types, words = /./, confidence, because } of clues) {
      const evidence = facts.filter(({ type, text }) => types.includes(type) && words.test(text));
      if (evidence.length > 0)
        return { value, evidence: evidence.map(({ id }) => id), confidence, because };
    }
    return undefined;
  };

const told = ['category', 'name', 'description', 'feature', 'use'];
const made = ['material'];

const kindOf = byClues([
  {
    value: 'subscription',
    types: ['name', 'category'],
    words: /\b(?:subscription|membership|abo|abonnement|mitgliedschaft)\b/i,
    confidence: 0.85,
    because: 'It is named so.',
  },
  {
    value: 'digital',
    types: told,
    words: /\b(?:download|e-?book|licen[cs]e key|software|lizenzschlüssel)\b/i,
    confidence: 0.8,
    because: 'It is downloaded.',
  },
  {
    value: 'physical',
    types: ['material', 'dimensions', 'weight', 'contents', 'capacity', 'ingredients'],
    confidence: 0.95,
    because: 'It has a body: facts state what it is made of or how big it is.',
  },
]);

const complexityOf = byClues([
  {
    value: 'complex',
    types: [...told, 'contents'],
    words: /assembl|\binstall|\bmount|calibrat|aufbau|montage|montier|einbau|kalibrier/i,
    confidence: 0.8,
    because: 'It has to be set up before its first use.',
  },
  {
    value: 'considered',
    types: ['power', 'troubleshooting', 'temperature'],
    confidence: 0.7,
    because: 'Facts state how it runs or what can go wrong.',
  },
  {
    value: 'simple',
    types: ['care', 'material'],
    confidence: 0.6,
    because: 'Facts state its care and nothing that has to be learnt.',
  },
]);

const careOf = byClues([
  {
    value: 'electrical',
    types: ['power'],
    confidence: 0.9,
    because: 'It runs on electricity.',
  },
  {
    value: 'food',
    types: ['category', 'description'],
    words: /\b(?:food|coffee beans|tea|chocolate|grocer\w*|lebensmittel|kaffeebohnen|tee)\b/i,
    confidence: 0.8,
    because: 'It is eaten or drunk.',
  },
  {
    value: 'cosmetic',
    types: ['category', 'name', 'description'],
    words: /\b(?:cream|lotion|shampoo|soap|serum|beauty|kosmetik|creme|seife)\b/i,
    confidence: 0.75,
    because: 'It is used on the skin or hair.',
  },
  ...(
    [
      ['leather', /leather|leder/i],
      ['textile', /cotton|linen|wool|polyester|silk|baumwoll|leinen|wolle|seide/i],
      ['glass-and-ceramic', /glass|ceramic|porcelain|stoneware|glas|keramik|porzellan|steingut/i],
      ['wood', /wood|oak|walnut|beech|bamboo|holz|eiche|buche|nuss|bambus/i],
      ['metal', /steel|iron|alumin|brass|copper|titan|stahl|eisen|messing|kupfer/i],
      ['plastic', /plastic|silicone|nylon|polypropylene|kunststoff|silikon/i],
    ] as const
  ).map(([value, words]): Clue => {
    return { value, types: made, words, confidence: 0.8, because: 'Its material says so.' };
  }),
]);

const DAYS = /(\d{1,3})\s*(?:days?|tage?n?)\b/i;
const PIECES =
  /(\d{1,4})\s*(?:capsules?|tablets?|pads?|bags?|filters?|kapseln?|tabletten|beutel)\b/i;
const A_DAY = /(\d{1,2})\s*(?:\w+\s+){0,2}(?:a|per|pro|am)\s*(?:day|tag)\b/i;

/** Days that are stated, or pieces by pieces a day. */
const daysOf = (facts: readonly GivenFact[]): Proposed | undefined => {
  const candidates = facts.filter(({ type }) =>
    ['contents', 'capacity', 'use', 'feature'].includes(type),
  );
  const stated = candidates.find(({ text }) => DAYS.test(text) && /last|reich|supply/i.test(text));
  if (stated !== undefined)
    return {
      value: Number(DAYS.exec(stated.text)?.[1]),
      evidence: [stated.id],
      confidence: 0.9,
      because: 'A fact states the days.',
    };
  const pieces = candidates.find(({ text }) => PIECES.test(text) && !A_DAY.test(text));
  const daily = candidates.find(({ text }) => A_DAY.test(text));
  if (pieces === undefined || daily === undefined) return undefined;
  const days = Number(PIECES.exec(pieces.text)?.[1]) / Number(A_DAY.exec(daily.text)?.[1]);
  return Number.isInteger(days) && days >= 1
    ? {
        value: days,
        evidence: [...new Set([pieces.id, daily.id])],
        confidence: 0.75,
        because: 'So many pieces last that long at so many a day.',
      }
    : undefined;
};

const finders: Readonly<
  Record<ProposableFact, (facts: readonly GivenFact[]) => Proposed | undefined>
> = { kind: kindOf, complexity: complexityOf, careCategory: careOf, daysOfSupply: daysOf };
