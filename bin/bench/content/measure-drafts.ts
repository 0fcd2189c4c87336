import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { bedrockClientOptions } from '#core/adapters/bedrock-client.ts';
import { bedrockDrafter } from '#core/adapters/bedrock-drafter.ts';
import { detectLanguage } from '#core/adapters/eld-language.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { DraftOutcome } from '#core/content/draft-outcome.ts';
import { draftProduct, type DraftProductDeps } from '#core/content/draft-product.ts';
import type { ContentConfig, ContentModel } from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { draftJsonSchema, readDraft } from '#core/contracts/draft-schema.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { DraftedText } from '#core/domain/content/content.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import type { ContentDrafter, DraftRequest } from '#core/ports/content-drafter.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import { readPrompt } from '#core/prompts/read-prompt.ts';
import type { ModelFaultShares } from '#rehearsal/bedrock/model-faults.ts';
import { type CountedTokens, noTokens, plusTokens } from '#rehearsal/bench/content/count-tokens.ts';
import { openModelOnLoopback } from '#rehearsal/bench/content/model-on-loopback.ts';
import { budgetWithoutLimit, catalogueInMemory, contentsInMemory } from './stored-in-memory.ts';

/** The texts of one answer, with what they were asked from. */
export interface Answered {
  readonly request: DraftRequest;
  readonly texts: readonly DraftedText[];
}

/** What the products of one shop took. */
export interface DraftFigures {
  readonly shop: string;
  readonly locales: readonly string[];
  readonly products: number;
  /** Products that no call was made for: nothing is stated that a text could be made of. */
  readonly withoutCalls: number;
  /** Answers of the model. */
  readonly calls: number;
  /** Of the calls those that asked again, since a text broke a rule or the answer was no draft. */
  readonly secondAttempts: number;
  readonly tokens: CountedTokens;
  readonly seconds: number;
  /** Texts by what became of them. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Texts that were refused in the end, by the rules that they broke. */
  readonly refusedBy: Readonly<Record<string, number>>;
  /** Products whose draft was given up since the service did not answer, by the name of the error. */
  readonly failed: Readonly<Record<string, number>>;
}

export interface Drafted {
  readonly figures: DraftFigures;
  readonly answers: readonly Answered[];
  /** What is stored in the end. */
  readonly texts: readonly ProductTexts[];
}

export interface DraftingBench {
  readonly model: ContentModel & { readonly key: string };
  readonly config: ContentConfig;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly faults?: ModelFaultShares | undefined;
  readonly now: Date;
  readonly onProduct: () => void;
}

/** Requests for a product, the first included: a state machine or queue brings one again that was not answered. */
const MOST_REQUESTS = 3;

/** What a service that did not answer is told by; anything else is nobody's misbehaviour. */
const unanswered: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ModelTimeoutException',
  'ServiceUnavailableException',
]);

/**
 * Drafts all products of one shop in this process, as many at once as a roll-out does, with the tables in memory and
 * Bedrock's stand-in behind its client over HTTP/2.
 *
 * @throws when something fails that the faults do not tell of
 */
export const measureDrafts = async (
  bench: DraftingBench,
  shop: string,
  items: readonly CatalogItem[],
): Promise<Drafted> => {
  const contents = contentsInMemory();
  let [tokens, calls] = [noTokens, 0];
  const loopback = await openModelOnLoopback({
    faults: bench.faults,
    onCall: (counted) => {
      calls += 1;
      tokens = plusTokens(tokens, counted);
    },
  });
  const client = new BedrockRuntimeClient({
    ...bedrockClientOptions(bench.model.timeoutSeconds),
    ...loopback.access,
  });
  try {
    const deps = depsOf(bench, client, items, contents);
    const startMs = performance.now();
    const { outcomes, answers, secondAttempts, failures } = await draftAll(bench, deps, items);
    const seconds = (performance.now() - startMs) / 1000;
    const locales = bench.shops[shop]?.locales ?? [];
    const became = outcomes.flatMap((each) => each.texts);
    const figures: DraftFigures = {
      shop,
      locales,
      products: items.length,
      withoutCalls: outcomes.filter((outcome) => outcome.calls === 0).length,
      calls,
      secondAttempts,
      tokens,
      seconds,
      outcomes: countsOf(became.map(({ outcome }) => outcome)),
      refusedBy: countsOf(became.flatMap(({ rules = [] }) => rules)),
      failed: countsOf(failures),
    };
    return { figures, answers, texts: await storedOf(contents, shop, items, locales) };
  } finally {
    client.destroy();
    await loopback.close();
  }
};

interface DraftedAll {
  readonly outcomes: readonly DraftOutcome[];
  readonly answers: readonly Answered[];
  readonly secondAttempts: number;
  /** Names of errors, one a product that was given up. */
  readonly failures: readonly string[];
}

const draftAll = async (
  { config, onProduct }: DraftingBench,
  deps: DraftProductDeps,
  items: readonly CatalogItem[],
): Promise<DraftedAll> => {
  const outcomes: DraftOutcome[] = [];
  const answers: Answered[] = [];
  const failures: string[] = [];
  let secondAttempts = 0;
  const draftOne = async ({ shop, sku }: CatalogItem): Promise<void> => {
    const asked = new Set<string>();
    const drafter = listening(deps.drafter, (answer) => {
      answers.push(answer);
      if (asked.has(answer.request.locale)) secondAttempts += 1;
      asked.add(answer.request.locale);
    });
    const budget = { name: 'bench', limit: { usd: Infinity, tokens: Infinity } };
    const request = { requestId: `bench/${sku}`, shop, sku, budget };
    outcomes.push(await draftProduct({ ...deps, drafter })(request));
  };
  await atOnce(config.rollOut.concurrency, items, async (item) => {
    const failure = await untilAnswered(() => draftOne(item));
    if (failure !== undefined) failures.push(failure);
    onProduct();
  });
  return { outcomes, answers, secondAttempts, failures };
};

/** @returns the name of the last error when no request was answered */
const untilAnswered = async (request: () => Promise<void>): Promise<string | undefined> => {
  let failure: string | undefined;
  for (let count = 0; count < MOST_REQUESTS; count += 1) {
    try {
      await request();
      return undefined;
    } catch (error) {
      if (!(error instanceof Error) || !unanswered.has(error.name)) throw error;
      failure = error.name;
    }
  }
  return failure;
};

const depsOf = (
  { model, config, shops, now }: DraftingBench,
  client: BedrockRuntimeClient,
  items: readonly CatalogItem[],
  contents: ProductContents,
): DraftProductDeps => ({
  catalogue: catalogueInMemory(items),
  contents,
  budget: budgetWithoutLimit,
  drafter: bedrockDrafter({
    client,
    model,
    prompt: readPrompt(),
    schema: { ...Object(draftJsonSchema) },
    read: readDraft,
  }),
  model,
  publisher: { publish: async () => undefined },
  config,
  shops,
  detectLanguage,
  digest: sha256Digest,
  now: () => now,
});

/** The drafter, and somebody who hears what it is asked and what it gives; of an answer that is no draft no texts. */
const listening = (drafter: ContentDrafter, hear: (answer: Answered) => void): ContentDrafter => ({
  ...drafter,
  draft: async (request) => {
    const answer = await drafter.draft(request);
    hear({ request, texts: answer.kind === 'draft' ? answer.draft.texts : [] });
    return answer;
  },
});

const atOnce = async <Each>(
  count: number,
  all: readonly Each[],
  work: (each: Each) => Promise<void>,
): Promise<void> => {
  const left = all.values();
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (const each of left) await work(each);
    }),
  );
};

const storedOf = async (
  contents: ProductContents,
  shop: string,
  items: readonly CatalogItem[],
  locales: readonly string[],
): Promise<readonly ProductTexts[]> => {
  const skus = items.map(({ sku }) => sku);
  const texts = await Promise.all(locales.map((locale) => contents.textsOf(shop, skus, locale)));
  return texts.flat();
};

const countsOf = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]),
  );
