import type { TextOutcome } from '../draft-outcome.ts';
import type {
  DraftSums,
  FailureSum,
  ProductResult,
  RefusalSum,
  ResultSums,
} from './roll-out-report.ts';

/** So many are named of what there may be thousands of. */
const MOST_EXAMPLES = 5;

type Mutable<Of> = { -readonly [Key in keyof Of]: Of[Key] };
type Sums = Mutable<DraftSums>;
type Counts = Map<string, number>;

const noSums = (): Sums => ({
  products: 0,
  drafted: 0,
  approved: 0,
  pending: 0,
  refused: 0,
  tokens: 0,
  usd: 0,
});

const count = (counts: Counts, name: string, more = 1): void => {
  counts.set(name, (counts.get(name) ?? 0) + more);
};

const isVersion = ({ version }: TextOutcome): boolean => version !== undefined;

/** Dollars to a millionth: sums of thousands of doubles have digits that mean nothing. */
const MICRO = 1e6;

const rounded = (sums: DraftSums): DraftSums => ({
  ...sums,
  usd: Math.round(sums.usd * MICRO) / MICRO,
});

/** Adds up what became of products, one after the other: any number takes the same memory. */
export class ResultTally {
  readonly #products: Counts = new Map();
  readonly #texts: Counts = new Map();
  readonly #facts: Counts = new Map();
  readonly #rules = new Map<string, { texts: number; readonly examples: Set<string> }>();
  readonly #errors = new Map<string, { products: number; examples: FailureSum['examples'] }>();
  readonly #all = noSums();
  readonly #shops = new Map<string, Sums>();
  readonly #categories = new Map<string, { shop: string; category: string; sums: Sums }>();
  #calls = 0;

  add(result: ProductResult): void {
    count(this.#products, fateOf(result));
    const { shop, category } = result;
    const key = JSON.stringify([shop, category]);
    const ofShop = this.#shops.get(shop) ?? noSums();
    const ofCategory = this.#categories.get(key) ?? { shop, category, sums: noSums() };
    this.#shops.set(shop, ofShop);
    this.#categories.set(key, ofCategory);
    for (const sums of [this.#all, ofShop, ofCategory.sums]) addTo(sums, result);
    if (result.kind === 'failed') this.#addFailure(result);
    else this.#addAnswer(result);
  }

  get sums(): ResultSums {
    const byProducts = (a: FailureSum, b: FailureSum) => b.products - a.products;
    return {
      products: Object.fromEntries(this.#products),
      texts: Object.fromEntries(this.#texts),
      facts: Object.fromEntries(this.#facts),
      refusals: [...this.#rules]
        .map(([rule, { texts, examples }]): RefusalSum => ({
          rule,
          texts,
          examples: [...examples],
        }))
        .toSorted((a, b) => b.texts - a.texts),
      failures: [...this.#errors]
        .map(([error, rest]): FailureSum => ({ error, ...rest }))
        .toSorted(byProducts),
      calls: this.#calls,
      all: rounded(this.#all),
      byShop: [...this.#shops].map(([shop, sums]) => ({ shop, ...rounded(sums) })),
      byCategory: [...this.#categories.values()]
        .map(({ shop, category, sums }) => ({ shop, category, ...rounded(sums) }))
        .toSorted((a, b) => b.usd - a.usd || b.products - a.products),
    };
  }

  #addFailure({ sku, error, cause }: ProductResult & { readonly kind: 'failed' }): void {
    const known = this.#errors.get(error) ?? { products: 0, examples: [] };
    const examples =
      known.examples.length < MOST_EXAMPLES ? [...known.examples, { sku, cause }] : known.examples;
    this.#errors.set(error, { products: known.products + 1, examples });
  }

  #addAnswer({ sku, texts, facts, calls }: ProductResult & { readonly kind: 'answered' }): void {
    this.#calls += calls;
    for (const { outcome } of facts) count(this.#facts, outcome);
    for (const { outcome, rules = [] } of texts) {
      count(this.#texts, outcome);
      if (outcome === 'refused') for (const rule of rules) this.#addRefusal(rule, sku);
    }
  }

  #addRefusal(rule: string, sku: string): void {
    const known = this.#rules.get(rule) ?? { texts: 0, examples: new Set<string>() };
    known.texts += 1;
    if (known.examples.size < MOST_EXAMPLES) known.examples.add(sku);
    this.#rules.set(rule, known);
  }
}

/** One word for what became of a product: what stopped it counts before what it got. */
const fateOf = (result: ProductResult): string => {
  if (result.kind === 'failed') return 'failed';
  if (result.stopped !== undefined) return result.stopped;
  return result.texts.some(isVersion) ? 'drafted' : 'unchanged';
};

const addTo = (sums: Sums, result: ProductResult): void => {
  sums.products += 1;
  if (result.kind === 'failed') return;
  const { texts, inputTokens, outputTokens, usd } = result;
  const kept = texts.filter(isVersion);
  if (kept.length > 0) sums.drafted += 1;
  for (const { outcome } of kept)
    if (outcome === 'approved' || outcome === 'pending' || outcome === 'refused')
      sums[outcome] += 1;
  sums.tokens += inputTokens + outputTokens;
  sums.usd += usd;
};
