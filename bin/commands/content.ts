import { writeFile } from 'node:fs/promises';
import { env } from 'node:process';
import { parseArgs } from 'node:util';
import config from '#config';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import {
  contentKinds,
  contentRisks,
  proposableFacts,
  type ReviewVerdict,
  reviewVerdicts,
} from '#core/domain/content/content.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { type ContentSource, contentSourceOf } from '../content/content-source.ts';
import {
  categoriesInWords,
  decideAndTell,
  listedInWords,
  subjectsOfCategory,
} from '../content/deciding.ts';
import { knownProducts } from '../content/known-products.ts';
import { reviewEvent } from '../content/review-event.ts';
import { reviewInWords, summaryInWords } from '../content/review-in-words.ts';
import { type ReviewFilter, type ReviewList, reviewList } from '../content/review-list.ts';
import { reviewPage } from '../content/review-page.ts';
import { showInWords } from '../content/show-in-words.ts';
import { staleInWords, staleTexts } from '../content/stale-texts.ts';
import { type Subject, subjectsOf } from '../content/subjects.ts';
import { count } from '../content/words.ts';

const help = `What is written of products: shows it, and lets people decide what customers read (docs/content.md).

  npm run content -- review               what waits for a person, riskiest first
  npm run content -- show SKU             all versions of a product's texts, and what was decided of them
  npm run content -- stale                texts in use that are not sent, as their facts have changed
  npm run content -- approve SKU --reviewer NAME
  npm run content -- reject  SKU --reviewer NAME --reason TEXT
  npm run content -- retract SKU --reviewer NAME --reason TEXT      takes out of use at once what was approved
  npm run content -- approve --all-of CATEGORY [--max-risk low] --reviewer NAME --yes

  --kind KIND      ${contentKinds.join(', ')}
  --locale LOCALE  such as de-DE
  --version N      default: the one that waits; of retract, the one in use
  --fact FACT      a proposed fact instead of texts: ${proposableFacts.join(', ')}
  --shop SHOP      default: every shop
  --reviewer NAME  who decides, as the audit shows it (or AFTERGLOW_REVIEWER)
  --yes            decides on all that is meant where that is more than one; without it they are listed
  --sku SKU        review: of this product alone
  --html FILE      review: as a page to look at
  --json           review, show, stale: as JSON
  --state DIR      where a rehearsal left its state (default .rehearsal)
  --stage STAGE    a deployed stage instead; --profile and --region are of AWS

Exit code 0: done, or handed in; 1: it cannot be decided so, or more is meant than one and --yes is missing;
2: wrong arguments.`;

const options = {
  shop: { type: 'string' },
  sku: { type: 'string' },
  kind: { type: 'string' },
  locale: { type: 'string' },
  version: { type: 'string' },
  fact: { type: 'string' },
  'all-of': { type: 'string' },
  'max-risk': { type: 'string', default: 'low' },
  reviewer: { type: 'string' },
  reason: { type: 'string' },
  yes: { type: 'boolean', default: false },
  html: { type: 'string' },
  json: { type: 'boolean', default: false },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true });

type Values = ReturnType<typeof parsed>['values'];

/** The caller's mistake: reported, never a stack trace. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command `content`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args);
  const [action, sku, ...rest] = positionals;
  if (values.help || action === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    if (rest.length > 0) throw new UsageError(`got "${rest[0]}" too: one SKU at a time`);
    return await runAction(action, sku, values);
  } catch (thrown) {
    const expected = ['UsageError', 'InvalidReview'];
    if (!(thrown instanceof Error) || !expected.includes(thrown.name)) throw thrown;
    console.error(`content: ${thrown.message}`);
    return 2;
  }
};

const runAction = (action: string, sku: string | undefined, values: Values): Promise<number> => {
  const verdict = reviewVerdicts.find((each) => each === action);
  if (verdict !== undefined) return decide(verdict, sku, values);
  switch (action) {
    case 'review':
      return review(values, sku);
    case 'show':
      if (sku === undefined) throw new UsageError('show needs a SKU; see --help');
      return show(sku, values);
    case 'stale':
      return stale(values);
    default:
      throw new UsageError(
        `got "${action}", expected review, show, stale, ${reviewVerdicts.join(', ')}`,
      );
  }
};

/** One of the names that an option may have. */
const oneOf = <Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined => {
  if (value === undefined) return undefined;
  const found = names.find((name) => name === value);
  if (found === undefined)
    throw new UsageError(`--${option}: got "${value}", expected one of ${names.join(', ')}`);
  return found;
};

const filterOf = (values: Values, sku?: string): ReviewFilter => ({
  shop: oneOf('shop', values.shop, Object.keys(config.shops)),
  sku: sku ?? values.sku,
  locale: values.locale,
  kind: oneOf('kind', values.kind, contentKinds),
});

const sourceOf = (values: Values): Promise<ContentSource> => {
  oneOf('stage', values.stage, Object.keys(config.stages));
  return contentSourceOf(values);
};

const waitingIn = async (source: ContentSource, filter: ReviewFilter): Promise<ReviewList> => {
  const stored = await source.stored(filter.sku);
  const all = [...stored.texts, ...stored.proposals];
  return reviewList(
    {
      stored,
      products: await knownProducts(source, config.shops, all),
      languageOfShop: (shop) => languageOf(config.shops[shop]?.locales[0] ?? 'en'),
      digest: sha256Digest,
      now: await source.now(),
    },
    filter,
  );
};

const review = async (values: Values, sku: string | undefined): Promise<number> => {
  const filter = filterOf(values, sku);
  const list = await waitingIn(await sourceOf(values), filter);
  if (values.html !== undefined) {
    const { stage, state } = values;
    const from = stage === undefined ? `the rehearsal in ${state}` : `stage ${stage}`;
    await writeFile(values.html, reviewPage(list, from, whereaboutsOf(values)));
  }
  if (values.json) console.log(JSON.stringify(list, undefined, 2));
  else if (values.html === undefined) console.log(reviewInWords(list));
  else console.log(`${summaryInWords(list)}\n${values.html}`);
  return 0;
};

const whereaboutsOf = ({ stage, profile, region, state }: Values) =>
  Object.entries({
    stage,
    profile,
    region,
    state: stage === undefined ? state : undefined,
  }).flatMap(([option, value]) =>
    value === undefined || value === options.state.default ? [] : [[option, value] as const],
  );

const show = async (sku: string, values: Values): Promise<number> => {
  const { shop, locale, kind } = filterOf(values);
  const isOfShop = (each: { readonly shop: string }): boolean =>
    shop === undefined || each.shop === shop;
  const { texts, proposals } = await (await sourceOf(values)).stored(sku);
  const found = {
    texts: texts
      .filter((each) => isOfShop(each) && (locale === undefined || each.locale === locale))
      .map((each) => ({
        ...each,
        versions: each.versions.filter((version) => kind === undefined || version.kind === kind),
      })),
    proposals: locale === undefined && kind === undefined ? proposals.filter(isOfShop) : [],
  };
  if (found.texts.every(({ versions }) => versions.length === 0) && found.proposals.length === 0) {
    console.error(
      `content: nothing is written of "${sku}" that fits: check the SKU, and --shop, --locale and --kind`,
    );
    return 1;
  }
  console.log(values.json ? JSON.stringify(found, undefined, 2) : showInWords(found));
  return 0;
};

const stale = async (values: Values): Promise<number> => {
  const { shop, sku, locale } = filterOf(values);
  const source = await sourceOf(values);
  const { texts } = await source.stored(sku);
  const meant = texts.filter(
    (each) =>
      (shop === undefined || each.shop === shop) &&
      (locale === undefined || each.locale === locale),
  );
  const products = await knownProducts(source, config.shops, meant);
  const found = staleTexts(meant, products, sha256Digest);
  console.log(values.json ? JSON.stringify(found, undefined, 2) : staleInWords(found));
  return 0;
};

const decide = async (
  verdict: ReviewVerdict,
  sku: string | undefined,
  values: Values,
): Promise<number> => {
  const { reviewer, reason } = saidBy(verdict, values);
  const source = await sourceOf(values);
  const found = await meantBy(verdict, sku, values, source);
  if (typeof found === 'string') {
    console.error(`content: ${found}`);
    return 1;
  }
  const { subjects, listed } = found;
  if (values.yes || (subjects.length === 1 && values['all-of'] === undefined)) {
    const now = await source.now();
    const reviews = subjects.map((of) => reviewEvent({ ...of, verdict, reviewer, reason }, now));
    for (const line of await decideAndTell(source, config.shops, reviews)) console.log(line);
    return 0;
  }
  for (const line of listed) console.log(line);
  console.error(
    `content: ${count(subjects.length, 'text')} are meant: name one by --shop, --kind and --locale, or ${verdict} all by --yes`,
  );
  return 1;
};

const saidBy = (verdict: ReviewVerdict, { reviewer, reason }: Values) => {
  const name = reviewer ?? env['AFTERGLOW_REVIEWER'] ?? '';
  if (name.trim() === '')
    throw new UsageError('--reviewer: got nothing, expected the name of who decides');
  if (verdict !== 'approve' && (reason ?? '').trim() === '')
    throw new UsageError(`--reason: got nothing, expected why; ${verdict} is kept with it`);
  return { reviewer: name, reason };
};

interface Meant {
  readonly subjects: readonly Subject[];
  /** A line each. */
  readonly listed: readonly string[];
}

/** What is to be decided, or what is wrong with it. */
const meantBy = async (
  verdict: ReviewVerdict,
  sku: string | undefined,
  values: Values,
  source: ContentSource,
): Promise<Meant | string> => {
  const filter = filterOf(values, sku);
  const category = values['all-of'];
  if ((category === undefined) === (sku === undefined))
    throw new UsageError(`${verdict}: expected a SKU, or --all-of CATEGORY`);
  if (category !== undefined) {
    if (verdict !== 'approve') throw new UsageError('--all-of: only approve takes it');
    const list = await waitingIn(source, filter);
    const maxRisk = oneOf('max-risk', values['max-risk'], contentRisks) ?? 'low';
    const subjects = subjectsOfCategory(list, { category, maxRisk });
    return subjects.length === 0
      ? `--all-of: nothing of "${category}" waits of at most ${maxRisk} risk whose facts are as they were; ${categoriesInWords(list)}`
      : { subjects, listed: listedInWords(list, subjects) };
  }
  const found = subjectsOf(await source.stored(sku), {
    verdict,
    sku: sku ?? '',
    shop: filter.shop,
    kind: filter.kind,
    locale: filter.locale,
    version: versionOf(values.version),
    fact: oneOf('fact', values.fact, proposableFacts),
  });
  if (!found.ok) return found.problem;
  const list = await waitingIn(source, { sku });
  return { subjects: found.subjects, listed: listedInWords(list, found.subjects) };
};

const versionOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const version = Number(text.replace(/^v/, ''));
  if (Number.isInteger(version) && version > 0) return version;
  throw new UsageError(`--version: got "${text}", expected a number from 1`);
};
