import type { ContentConfig, ContentModel } from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { type Product, productOf } from '#core/domain/catalogue/product.ts';
import { type CitableFact, citableFacts } from '#core/domain/content/citable-facts.ts';
import type { ProposableFact } from '#core/domain/content/content.ts';
import { sortKinds, sourceDigest } from '#core/domain/content/settled.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { ContentDrafter, ContentGuardrail } from '#core/ports/content-drafter.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { BatchAnswer, DraftBatch } from '#core/ports/draft-batch.ts';
import type { DraftBudget, DraftSpend } from '#core/ports/draft-budget.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import type { DraftOutcome } from './draft-outcome.ts';
import { draftLocale, type LocaleInputs, type LocaleOutcome } from './draft-locale.ts';
import { noSpend, type Spent } from './draft-calls.ts';
import { factsWanted } from './draft-proposals.ts';

/** Drafts whatever a product lacks, in some locales of its shop. */
export interface ProductDraftRequest {
  /** The same for a request that comes again. */
  readonly requestId: string;
  readonly shop: string;
  readonly sku: string;
  /** @default all of the shop's */
  readonly locales?: readonly string[] | undefined;
  /** Drafts again what was refused, rejected, retracted or left out although its facts have not changed. */
  readonly again?: boolean | undefined;
  /** What it is paid from. */
  readonly budget: { readonly name: string; readonly limit: DraftSpend };
  /** What a batch has answered already, and was paid. @default nothing */
  readonly answers?: readonly BatchAnswer[] | undefined;
}

export interface DraftProductDeps {
  readonly catalogue: Catalogue;
  readonly contents: ProductContents;
  readonly budget: DraftBudget;
  readonly drafter: ContentDrafter;
  /** Reads the answers that a request comes with. @default calls are made for all */
  readonly batch?: Pick<DraftBatch, 'answer'> | undefined;
  readonly model: ContentModel;
  readonly guardrail?: ContentGuardrail | undefined;
  readonly publisher: EventPublisher;
  readonly config: ContentConfig;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly detectLanguage: (
    text: string,
  ) => { readonly language: string; readonly isReliable: boolean } | undefined;
  readonly digest: Digest;
  readonly now: () => Date;
}

/** A product with all that its texts may rest on. */
export interface DraftedProduct {
  readonly product: Product;
  readonly factsIn: (language: string) => readonly CitableFact[];
  /** Facts that nobody states, to be proposed. */
  readonly wanted: readonly ProposableFact[];
}

/** Longer than a function can run: who holds a claim for so long is gone. */
const CLAIM_MS = 16 * 60_000;

/**
 * Drafts the texts that a product lacks, and proposes the facts that nobody states of it: asked of the model,
 * checked, and kept, whatever came of it. What is there, and was written from the same facts, is not drafted again.
 *
 * @throws when the model's service, a table or the bus did not answer: the request may come again
 */
export const draftProduct =
  (deps: DraftProductDeps) =>
  async (request: ProductDraftRequest): Promise<DraftOutcome> => {
    const { shop } = request;
    const rules = deps.shops[shop];
    if (rules === undefined)
      throw new Error(
        `no shop "${shop}" is configured: there are ${Object.keys(deps.shops).join(', ')}`,
      );
    const drafted = await productWithFacts(deps, rules, request);
    if (drafted === undefined) return outcomeOf(request, noSpend, [], 'unknown-item');
    const locales = await localesOf(deps, request, rules, drafted);
    const isToDo = locales.some(({ kinds, wanted }) => kinds.missing.length + wanted.length > 0);
    if (isToDo && !(await claimed(deps, request)))
      return outcomeOf(request, noSpend, [], 'being-drafted');

    let spent: Spent = noSpend;
    const parts: LocaleOutcome[] = [];
    for (const locale of locales) {
      const part = await draftLocale(deps, locale);
      parts.push(part);
      spent = sum(spent, part.spent);
      if (part.isOverBudget) break;
    }
    if (isToDo) await deps.contents.release(request);
    const isOverBudget = parts.some((part) => part.isOverBudget);
    return outcomeOf(request, spent, parts, isOverBudget ? 'over-budget' : undefined);
  };

const claimed = (
  { contents, now }: DraftProductDeps,
  request: ProductDraftRequest,
): Promise<boolean> => {
  const at = now();
  const until = new Date(at.getTime() + CLAIM_MS).toISOString();
  return contents.claim({ ...request, now: at.toISOString(), until });
};

/** What is to be done in each locale; facts are no locale's: they are asked for in the first. */
const localesOf = async (
  { contents, config, drafter: { model, prompt }, digest }: DraftProductDeps,
  request: ProductDraftRequest,
  rules: ShopConfig,
  drafted: DraftedProduct,
): Promise<readonly LocaleInputs[]> => {
  const { shop, sku, requestId } = request;
  const again = request.again === true ? { requestId } : undefined;
  const inputs: LocaleInputs[] = [];
  for (const locale of request.locales ?? rules.locales) {
    const facts = drafted.factsIn(languageOf(locale));
    const texts = await contents.read({ shop, sku, locale });
    const needs = {
      texts,
      facts,
      kinds: config.kinds,
      draftedBy: { model, prompt },
      digest,
      again,
    };
    const wanted = inputs.length === 0 ? drafted.wanted : [];
    inputs.push({
      request,
      rules,
      locale,
      drafted,
      facts,
      texts,
      kinds: sortKinds(needs),
      wanted,
    });
  }
  return inputs;
};

const productWithFacts = async (
  { catalogue, contents, digest }: DraftProductDeps,
  rules: ShopConfig,
  { shop, sku }: ProductDraftRequest,
): Promise<DraftedProduct | undefined> => {
  const [item] = await catalogue.find(shop, [sku]);
  if (item === undefined) return undefined;
  const product = productOf(item, rules);
  const pairs = await catalogue.find(shop, product.pairsWith ?? []);
  const factsIn = (language: string) => citableFacts({ item, product, pairs }, language);
  const { facts: proposed, askedFrom } = await contents.readProposals(shop, sku);
  const [locale = ''] = rules.locales;
  const source = sourceDigest(factsIn(languageOf(locale)), digest);
  return { product, factsIn, wanted: factsWanted(product, item.kind, proposed, source, askedFrom) };
};

const sum = (a: Spent, b: Spent): Spent => ({
  calls: a.calls + b.calls,
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  usd: a.usd + b.usd,
});

const outcomeOf = (
  { shop, sku }: ProductDraftRequest,
  spent: Spent,
  parts: readonly Pick<DraftOutcome, 'texts' | 'facts'>[],
  stopped?: DraftOutcome['stopped'],
): DraftOutcome => ({
  shop,
  sku,
  texts: parts.flatMap(({ texts }) => texts),
  facts: parts.flatMap(({ facts }) => facts),
  ...spent,
  stopped,
});
