/** Texts of a product, by what they are for. */
export const contentKinds = [
  'usage-guide',
  'care',
  'troubleshooting',
  'pairing',
  'upsell',
] as const;

export type ContentKind = (typeof contentKinds)[number];

export const blockStyles = ['paragraph', 'step', 'warning'] as const;

/** A few sentences of plain text, with the ids of the facts that they rest on. */
export interface ContentBlock {
  readonly style: (typeof blockStyles)[number];
  readonly text: string;
  readonly facts: readonly string[];
}

/** What a model wrote of one kind. */
export interface DraftedText {
  readonly kind: ContentKind;
  readonly blocks: readonly ContentBlock[];
}

/** Facts that journeys are chosen by and that a draft may propose where nobody states them. */
export const proposableFacts = ['kind', 'complexity', 'daysOfSupply', 'careCategory'] as const;

export type ProposableFact = (typeof proposableFacts)[number];

/** What a model believes of a product, and by which facts. It counts once it is approved. */
export interface FactProposal {
  readonly fact: ProposableFact;
  readonly value: string | number;
  /** Ids of facts; at least one. */
  readonly evidence: readonly string[];
  /** From 0 to 1, the model's own. */
  readonly confidence: number;
  readonly because: string;
}

/** All that one call of a model gave. */
export interface Draft {
  readonly texts: readonly DraftedText[];
  readonly proposals: readonly FactProposal[];
}

/** How much harm a wrong word could do. */
export const contentRisks = ['low', 'medium', 'high'] as const;

export type ContentRisk = (typeof contentRisks)[number];

/** A rule that a text breaks, and where. */
export interface Violation {
  /** Such as `number`, `warning-dropped`. */
  readonly rule: string;
  /** Of the block, from 0; absent where it is about the whole text. */
  readonly block?: number | undefined;
  /** What was got, what was expected. */
  readonly because: string;
}

export const reviewVerdicts = ['approve', 'reject', 'retract'] as const;

export type ReviewVerdict = (typeof reviewVerdicts)[number];
