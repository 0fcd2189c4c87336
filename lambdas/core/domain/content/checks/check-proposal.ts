import { careCategories } from '../../catalogue/product.ts';
import type { CitableFact } from '../citable-facts.ts';
import type { FactProposal, ProposableFact, Violation } from '../content.ts';
import { isSame, type Quantity } from './quantities.ts';
import { readFact } from './reading.ts';
import { linkFindings, markupFindings } from './text-rules.ts';
import { isChecked } from './words.ts';

const values: Readonly<Record<Exclude<ProposableFact, 'daysOfSupply'>, readonly string[]>> = {
  kind: ['physical', 'digital', 'subscription', 'service'],
  complexity: ['simple', 'considered', 'complex'],
  careCategory: careCategories,
};
const MOST_DAYS = 3650;
const MOST_CHARACTERS = 300;

/**
 * What is wrong with a proposed fact: its value, the evidence, confidence or reason. A number of days has to be one of
 * the evidence (in days), or the product or quotient of two numbers in it. Rules of their own, beside those of texts:
 * `proposal-value` (one that the fact cannot have), `proposal-evidence` (none, or none that bears it out),
 * `proposal-confidence` (not from 0 to 1), `proposal-because` (missing, too long, or with markup or links).
 */
export const checkProposal = (
  proposal: FactProposal,
  facts: readonly CitableFact[],
): readonly Violation[] => {
  const evidence = facts.filter(({ id }) => proposal.evidence.includes(id));
  return [
    ...valueViolations(proposal),
    ...evidenceViolations(proposal, facts, evidence),
    ...(proposal.confidence >= 0 && proposal.confidence <= 1
      ? []
      : [{ rule: 'proposal-confidence', because: `${proposal.confidence} is not from 0 to 1` }]),
    ...becauseViolations(proposal.because),
  ];
};

const valueViolations = ({ fact, value }: FactProposal): readonly Violation[] => {
  const isPossible =
    fact === 'daysOfSupply'
      ? typeof value === 'number' && value >= 1 && value <= MOST_DAYS
      : values[fact].some((each) => each === value);
  const expected =
    fact === 'daysOfSupply'
      ? `a number from 1 to ${MOST_DAYS}`
      : `one of ${values[fact].join(', ')}`;
  return isPossible
    ? []
    : [
        {
          rule: 'proposal-value',
          because: `${fact} is ${JSON.stringify(value)}, expected ${expected}`,
        },
      ];
};

const evidenceViolations = (
  { fact, value, evidence: ids }: FactProposal,
  facts: readonly CitableFact[],
  evidence: readonly CitableFact[],
): readonly Violation[] => {
  const unknown = ids.find((id) => !facts.some((each) => each.id === id));
  const because = (() => {
    if (ids.length === 0) return 'at least one fact has to be cited';
    if (unknown !== undefined) return `"${unknown}" is no fact of the product`;
    if (fact !== 'daysOfSupply' || typeof value !== 'number') return undefined;
    if (evidence.every(({ type }) => type === 'name')) return 'a name alone says nothing of days';
    return isBorneOut(value, evidence)
      ? undefined
      : `${value} is no number of the evidence, nor follows from two`;
  })();
  return because === undefined ? [] : [{ rule: 'proposal-evidence', because }];
};

const isBorneOut = (days: number, evidence: readonly CitableFact[]): boolean => {
  const stated: readonly Quantity[] = evidence.flatMap(
    (fact) => readFact(fact, isChecked(fact.language) ? fact.language : 'en').quantities,
  );
  const day = { id: 'day', dimension: 'time', factor: 86_400 };
  const claim: Quantity = { value: days, unit: day, text: '', start: 0, end: 0 };
  const plain = stated.map(({ value }) => value);
  const close = (value: number) => Math.abs(value - days) < 0.5;
  return (
    stated.some(
      (each) => isSame(claim, each) || (each.unit === undefined && each.value === days),
    ) ||
    plain.some((one, a) =>
      plain.some((other, b) => a !== b && (close(one * other) || close(one / other))),
    )
  );
};

const becauseViolations = (because: string): readonly Violation[] => {
  const length = because.trim().length;
  const found = [...markupFindings(because), ...linkFindings(because)];
  return [
    ...(length === 0 || length > MOST_CHARACTERS
      ? [
          {
            rule: 'proposal-because',
            because: `${length} characters, expected 1 to ${MOST_CHARACTERS}`,
          },
        ]
      : []),
    ...found.map((each): Violation => ({ rule: 'proposal-because', because: each.because })),
  ];
};
