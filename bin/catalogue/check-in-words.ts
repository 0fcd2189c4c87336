import { textTable } from '../audit/map-text.ts';
import type { CatalogueCheck } from './check-catalogue.ts';
import { visible } from './visible-text.ts';

type Row = readonly string[];

/** What a check found, as tables to read in a terminal. */
export const checkInWords = (check: CatalogueCheck): string =>
  [
    countsInWords(check),
    section('Refused', refusedRows(check)),
    section(
      'Facts that journeys do without: state them by category or SKU in afterglow.config.ts, or in the catalogue',
      check.missingFacts.map(({ shop, category, fact, skus, safePath }) => [
        shop,
        category,
        fact,
        skusInWords(skus),
        safePath,
      ]),
    ),
    section(
      'Nothing stated but the name: no text of them has anything to say',
      check.bare.map(({ shop, category, skus }) => [shop, category, skusInWords(skus)]),
    ),
    section(
      'What texts have nothing to rest on',
      check.gaps.map(({ shop, category, kind, lacks, skus }) => [
        shop,
        category,
        kind,
        lacks,
        skusInWords(skus),
      ]),
    ),
    section(
      'Warnings that not every customer can be told: no guide, care or troubleshooting in that language',
      languageRows(check, true),
    ),
    section('Statements that are not in every language of the shop', languageRows(check, false)),
    section(
      'Texts that read like something else; a model gets them as data, never as instructions',
      check.suspicious.map(({ shop, sku, id, language, because, excerpt }) => [
        shop,
        sku,
        language === undefined ? id : `${id} (${language})`,
        because,
        excerpt,
      ]),
    ),
    section(
      'What can be written, of the products that it makes sense for',
      check.shares.map(({ shop, locale, kind, possible, of }) => [
        shop,
        locale,
        kind,
        `${possible} of ${of}`,
        `${Math.floor((100 * possible) / of)} %`,
      ]),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n');

export const countsInWords = ({ counts }: Pick<CatalogueCheck, 'counts'>): string =>
  `${counts.read} products read: ${counts.usable} usable, ${counts.refused} refused.`;

const section = (title: string, rows: readonly Row[]): string =>
  rows.length === 0 ? '' : `${title}\n${textTable(rows.map((row) => ['', ...row.map(visible)]))}`;

const refusedRows = ({ refused }: CatalogueCheck): readonly Row[] =>
  refused.map(({ place, sku = '', problem }) => [place, sku, problem]);

const languageRows = ({ languages }: CatalogueCheck, isWarning: boolean): readonly Row[] =>
  languages
    .filter((each) => each.isWarning === isWarning)
    .map(({ shop, sku, id, missing }) => [shop, sku, id, `not in ${missing.join(', ')}`]);

const MOST_SKUS = 3;

const skusInWords = (skus: readonly string[]): string =>
  `${skus.length} (${skus.slice(0, MOST_SKUS).join(', ')}${skus.length > MOST_SKUS ? ', …' : ''})`;
