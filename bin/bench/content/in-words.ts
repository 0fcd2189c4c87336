import { type TokenRule, tokenRules } from '#rehearsal/bench/content/count-tokens.ts';
import type { ContentFigures } from './bench-content.ts';
import { type ContentCost, SKUS_PRICED, type UsdByRule } from './content-cost.ts';
import type { DraftFigures } from './measure-drafts.ts';

/** The figures as a person reads them. */
export const benchInWords = (figures: ContentFigures): string => {
  const { checks, liveTexts, drafts } = figures;
  const languages = Object.entries(checks.languages).map(([name, count]) => `${count} ${name}`);
  return [
    `checks       ${whole(checks.perSecond)} texts a second on one core (${languages.join(', ')}; median of rounds)`,
    `live texts   ${whole(liveTexts.textsPerSecond)} texts a second, ${whole(liveTexts.messagesPerSecond)} messages of three products (${liveTexts.texts} texts; what is stored is in memory)`,
    draftsInWords(figures),
    '',
    ...drafts.flatMap(shopInWords),
    '',
    `USD per ${whole(SKUS_PRICED)} SKUs, all locales of the shop, second attempts included:`,
    ...tableOf(figures.costs),
  ].join('\n');
};

const draftsInWords = ({ speed, concurrency, model }: ContentFigures): string =>
  `drafts       ${whole(speed.draftsPerMinute)} a minute at the stand-in's speed, ${whole(speed.productsPerMinute)} products (${model}, ${concurrency} products at once, HTTP/2 on loopback, one process; passes: ${speed.passes})`;

const shopInWords = (figures: DraftFigures): readonly string[] => {
  const { shop, locales, products, withoutCalls, calls, secondAttempts, refusedBy, failed } =
    figures;
  const failures = Object.entries(failed).map(([name, count]) => `${count} by ${name}`);
  return [
    `${shop}: ${products} SKUs in ${locales.join(', ')}; ${withoutCalls} with nothing to ask for; ${calls} drafts, of which second attempts ${percent(secondAttempts, calls)}`,
    `  texts: ${countsInWords(figures.outcomes)}`,
    ...(Object.keys(refusedBy).length === 0
      ? []
      : [`  refused by rule: ${countsInWords(refusedBy)}`]),
    ...tokenRules.map((rule) => `  ${tokensInWords(figures, rule)}`),
    ...(failures.length === 0 ? [] : [`  given up: ${failures.join(', ')}`]),
  ];
};

const tokensInWords = ({ products, calls, tokens }: DraftFigures, rule: TokenRule): string => {
  const { inputTokens, outputTokens } = tokens[rule];
  const each = (count: number): string =>
    `in ${whole(inputTokens / Math.max(1, count))}, out ${whole(outputTokens / Math.max(1, count))}`;
  return `tokens by ${rule}: a draft ${each(calls)}; a SKU ${each(products)}`;
};

const countsInWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const tableOf = (costs: readonly ContentCost[]): readonly string[] => {
  const header = [
    'shop',
    'model',
    ...['on demand', 'batch'].flatMap((way) => tokenRules.map((rule) => `${way}, ${rule}`)),
  ];
  const rows = costs.map(({ shop, model, onDemandUsd, batchUsd }) => [
    shop,
    model,
    ...[onDemandUsd, batchUsd].flatMap(usdCells),
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [header, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
};

const usdCells = (usd: UsdByRule | undefined): readonly string[] =>
  tokenRules.map((rule) => usd?.[rule].toFixed(2) ?? '–');

const whole = (value: number): string => Math.round(value).toLocaleString('en');

const percent = (part: number, of: number): string =>
  `${(of === 0 ? 0 : (100 * part) / of).toFixed(1)} %`;
