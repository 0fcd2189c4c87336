import {
  chosenModel,
  type ContentConfig,
  type ContentModel,
} from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { ModelFaultShares } from '#rehearsal/bedrock/model-faults.ts';
import { type ContentCost, contentCost } from './content-cost.ts';
import { type CheckFigures, measureChecks } from './measure-checks.ts';
import {
  type DraftFigures,
  type Drafted,
  type DraftingBench,
  measureDrafts,
} from './measure-drafts.ts';
import { type LiveTextFigures, measureLiveTexts } from './measure-live-texts.ts';

export type BenchStep = 'drafts' | 'checks' | 'live texts';

export interface ContentBench {
  /** At least one. */
  readonly items: readonly CatalogItem[];
  readonly config: ContentConfig;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly faults?: ModelFaultShares | undefined;
  readonly now: Date;
  readonly onProgress: (step: BenchStep, share: number) => void;
}

export interface ContentFigures {
  /** The model in use, by its key. */
  readonly model: string;
  /** Products drafted at once. */
  readonly concurrency: number;
  readonly checks: CheckFigures;
  readonly liveTexts: LiveTextFigures;
  readonly speed: DraftSpeed;
  /** Of the model in use, by shop. */
  readonly drafts: readonly DraftFigures[];
  /** By shop and configured model. */
  readonly costs: readonly ContentCost[];
}

/** How fast products were drafted by the model in use, in the median of passes over all of them. */
export interface DraftSpeed {
  readonly passes: number;
  readonly draftsPerMinute: number;
  readonly productsPerMinute: number;
}

const WARM_UP_PRODUCTS = 10;

/** A small catalogue is drafted anew until about so many products were. */
const PRODUCTS_TIMED = 1_000;
const MOST_PASSES = 5;

/** Measures what texts of these products take: checks, reading, drafting, and their cost by each configured model. */
export const benchContent = async (bench: ContentBench): Promise<ContentFigures> => {
  const { items, config, shops, now, onProgress } = bench;
  const inUse = chosenModel(config);
  const styles = stylesOf(config, inUse.key);
  const passes = Math.min(MOST_PASSES, Math.ceil(PRODUCTS_TIMED / items.length));
  const all = items.length * (passes + styles.length - 1);
  let done = 0;
  const onProduct = (): void => onProgress('drafts', (done += 1) / all);
  await draftShops(bench, inUse, items.slice(0, WARM_UP_PRODUCTS), () => undefined);

  const timed: (readonly Drafted[])[] = [];
  for (let pass = 0; pass < passes; pass += 1)
    timed.push(await draftShops(bench, inUse, items, onProduct));
  const [drafted = []] = timed;
  const costs: ContentCost[] = [];
  for (const models of styles) {
    const isDrafted = models.some(([key]) => key === inUse.key);
    const [[key, model] = [inUse.key, inUse]] = models;
    const each = isDrafted ? drafted : await draftShops(bench, { ...model, key }, items, onProduct);
    costs.push(
      ...each.flatMap(({ figures }) => models.map((named) => contentCost(figures, named))),
    );
  }
  const answers = drafted.flatMap((each) => each.answers);
  const texts = drafted.flatMap((each) => each.texts);
  return {
    model: inUse.key,
    concurrency: config.rollOut.concurrency,
    checks: await measureChecks(answers, (share) => onProgress('checks', share)),
    liveTexts: await measureLiveTexts({ texts, items, shops, now }, (share) =>
      onProgress('live texts', share),
    ),
    speed: speedOf(timed),
    drafts: drafted.map(({ figures }) => figures),
    costs,
  };
};

/** One shop after the other. */
const draftShops = async (
  { config, shops, faults, now }: ContentBench,
  model: DraftingBench['model'],
  items: readonly CatalogItem[],
  onProduct: () => void,
): Promise<readonly Drafted[]> => {
  const drafting = { config, shops, faults, now, model, onProduct };
  const drafted: Drafted[] = [];
  for (const [shop, own] of Map.groupBy(items, (item) => item.shop))
    drafted.push(await measureDrafts(drafting, shop, own));
  return drafted;
};

type Named = readonly [key: string, ContentModel];

/**
 * The models by how they are asked. Those that are asked alike are given the same tokens: one of them drafts for all,
 * so that prices alone differ. That of the model in use comes first.
 */
const stylesOf = ({ models }: ContentConfig, inUse: string): readonly (readonly Named[])[] => {
  const all = Object.entries(models);
  const inUseFirst = all.toSorted(([a], [b]) => Number(b === inUse) - Number(a === inUse));
  const styles = Map.groupBy(inUseFirst, ([, { output, maxTokens }]) => `${output} ${maxTokens}`);
  return [...styles.values()];
};

const speedOf = (passes: readonly (readonly Drafted[])[]): DraftSpeed => {
  const perMinute = (of: (figures: DraftFigures) => number): number => {
    const rates = passes.map((drafted) => {
      const figures = drafted.map((each) => each.figures);
      return (60 * total(figures, of)) / total(figures, ({ seconds }) => seconds);
    });
    return rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  };
  return {
    passes: passes.length,
    draftsPerMinute: perMinute(({ calls }) => calls),
    productsPerMinute: perMinute(({ products }) => products),
  };
};

const total = <Each>(all: readonly Each[], of: (each: Each) => number): number =>
  all.reduce((sum, each) => sum + of(each), 0);
