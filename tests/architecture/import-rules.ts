import { COMPUTED, importsOf } from './imports.ts';

/** Packages that only compute. */
const purePackages: readonly string[] = ['temporal-polyfill'];

/** Packages that adapters wrap, besides the clients of AWS. */
const wrapped = [
  'jose',
  'liquidjs',
  /^nodemailer\/lib\/(base64|mime-node|qp)$/,
  'countries-and-timezones',
  '@photostructure/tz-lookup',
  /^libphonenumber-js(\/|$)/,
  'eld/extrasmall',
];

const contracts = [/^lambdas\/[\w-]+\/contract\.ts$/, /^state-machines\/[\w.-]+contract\.ts$/];
const core = (...rooms: readonly string[]): RegExp =>
  new RegExp(`^lambdas/core/(${rooms.join('|')})/`);
const touchDefinitions = [/^touches\/registry\.ts$/, /^touches\/[\w-]+\/touch\.ts$/];
const config = 'afterglow.config.ts';
const powertools = /^@aws-lambda-powertools\//;
const awsClient = /^@aws-sdk\/client-/;
const node = /^node:/;

type Import = string | RegExp;

interface Rule {
  readonly of: RegExp;
  /** `$1` in a pattern is what the first group of `of` found: a Lambda's own folder. */
  readonly may: readonly Import[];
}

const rehearsal: readonly Import[] = [
  /^(zod|dynalite|sorted-btree|jsonata|ipaddr\.js|postal-mime|csv-parse|temporal-polyfill|yaml|jose|libphonenumber-js)(\/|$)/,
  '@aws-sdk/client-dynamodb',
  node,
  /^rehearsal\//,
  core('contracts', 'domain'),
  /^lambdas\/core\/adapters\/dynamo-(customers|ledger|order-logs|sessions|suppressions|touch-records)\.ts$/,
  // The ids of guests, as production makes them of addresses; those of entries, by which books are made again.
  /^lambdas\/core\/adapters\/(hmac-identity-hash|sha256-digest|written-addresses)\.ts$/,
  config,
];

/** What each part of the tree may import. The first rule that fits a file holds for it. */
const rules: readonly Rule[] = [
  { of: /^lambdas\/core\/domain\//, may: [core('domain'), ...purePackages] },
  { of: /^lambdas\/core\/contracts\//, may: ['zod', core('contracts', 'domain')] },
  { of: /^lambdas\/core\/ports\//, may: [core('ports', 'domain', 'contracts')] },
  {
    of: /^lambdas\/core\/delivery\//,
    may: [core('delivery', 'domain', 'ports', 'contracts')],
  },
  {
    of: /^lambdas\/core\/content\//,
    may: [core('content', 'domain', 'ports', 'contracts')],
  },
  { of: /^lambdas\/core\/prompts\//, may: ['node:fs'] },
  {
    of: /^lambdas\/core\/privacy\//,
    may: [core('privacy', 'domain', 'ports', 'contracts')],
  },
  { of: /^lambdas\/core\/http\//, may: ['zod', core('http', 'contracts', 'domain')] },
  {
    of: /^lambdas\/core\/sessions\//,
    may: [core('sessions', 'domain', 'ports', 'contracts')],
  },
  {
    of: /^lambdas\/core\/runtime\/(ledger|shops)\.ts$/,
    may: [config, core('contracts', 'domain')],
  },
  {
    of: /^lambdas\/core\/(adapters|runtime)\//,
    may: ['zod', /^lambdas\/core\//, node, awsClient, powertools, 'aws-lambda', ...wrapped],
  },
  {
    of: /^lambdas\/[\w-]+\/contract\.ts$/,
    may: ['zod', core('contracts', 'domain')],
  },
  {
    of: /^lambdas\/([\w-]+)\/handler\.ts$/,
    may: [
      /^lambdas\/($1|core)\//,
      'touches/registry.ts',
      ...contracts.slice(1),
      node,
      'zod',
      'aws-lambda',
      awsClient,
      powertools,
    ],
  },
  {
    of: /^lambdas\/([\w-]+)\//,
    may: [
      /^lambdas\/$1\//,
      core('content', 'delivery', 'privacy', 'http', 'sessions', 'domain', 'ports', 'contracts'),
      ...contracts.slice(1),
    ],
  },
  { of: /^storefront\/(build|bundle)\.ts$/, may: ['esbuild', node, /^storefront\//] },
  // It runs in browsers: of the contracts it takes types alone, which leave nothing behind.
  { of: /^storefront\//, may: [/^storefront\//, core('contracts')] },
  { of: /^state-machines\//, may: ['zod', core('contracts', 'domain'), /^state-machines\//] },
  { of: /^touches\/registry\.ts$/, may: [core('domain'), ...touchDefinitions] },
  { of: /^touches\//, may: [core('domain')] },
  { of: /^analytics\/write-pages\.ts$/, may: [node, /^analytics\//, config] },
  // They run views and models on the rehearsal's lake.
  {
    of: /^analytics\/(affinity-lake|bench-views|retail-facts)\.ts$/,
    may: ['zod', /^analytics\//, /^rehearsal\/lake\//, core('contracts', 'domain')],
  },
  { of: /^analytics\//, may: [node, /^analytics\//, core('contracts', 'domain')] },
  {
    of: /^(lib\/|bin\/app\.ts$)/,
    may: [
      /^analytics\//,
      /^(aws-cdk-lib|constructs|cdk-nag|esbuild|mjml|liquidjs|zod)(\/|$)/,
      node,
      /^lib\//,
      ...contracts,
      ...touchDefinitions,
      core('contracts', 'domain', 'ports'),
      'lambdas/core/adapters/liquid-message-renderer.ts',
      'lambdas/core/prompts/read-prompt.ts',
      config,
      'cdk.json',
    ],
  },
  // Only with the user's own credentials, when they ask for it.
  {
    of: /^rehearsal\/services\/bedrock-real\.ts$/,
    may: [...rehearsal, '@aws-sdk/client-bedrock-runtime'],
  },
  // What a function runs in knows nothing of the rehearsal but how answers are written.
  {
    of: /^rehearsal\/sandbox\/load-bundle\.ts$/,
    may: [node, 'esbuild', 'rehearsal/sandbox/direct-call.ts'],
  },
  {
    of: /^rehearsal\/sandbox\//,
    may: [
      node,
      /^rehearsal\/sandbox\//,
      'rehearsal/json-copy.ts',
      'rehearsal/random.ts',
      'rehearsal/services/protocols/protocol.ts',
    ],
  },
  // It writes the modules whose loading it measures.
  {
    of: /^rehearsal\/bench\/bundles\.ts$/,
    may: [...rehearsal, 'esbuild', /^lib\/bundling\//, COMPUTED],
  },
  { of: /^rehearsal\/bench\//, may: [...rehearsal, /^lib\/bundling\//, 'prices.json'] },
  { of: /^rehearsal\/console\/page-files\.ts$/, may: [node, 'esbuild'] },
  // It runs in browsers: of the console it takes the shapes of what it is told alone.
  {
    of: /^rehearsal\/console\/page\//,
    may: [/^(preact|uplot)(\/|$)/, '@dagrejs/dagre', /^rehearsal\/console\/(page\/|views\.ts$)/],
  },
  { of: /^rehearsal\/lake\/duckdb\.ts$/, may: [...rehearsal, '@duckdb/node-api'] },
  { of: /^rehearsal\//, may: rehearsal },
  // It takes the time of the use case itself.
  {
    of: /^bin\/bench\/open-in-memory\.ts$/,
    may: [/^lambdas\/(core|open-session)\//, /^rehearsal\/bench\//, config],
  },
  { of: /^bin\/write-openapi\.ts$/, may: ['zod-openapi', node, core('contracts')] },
  {
    of: /^bin\//,
    may: [
      awsClient,
      node,
      /^(analytics|bin|lib|rehearsal)\//,
      /^lambdas\/core\//,
      ...contracts,
      'touches/registry.ts',
      config,
    ],
  },
  {
    of: /^afterglow\.config\.ts$/,
    may: [
      core('contracts'),
      'afterglow.policy.ts',
      'afterglow.experiments.ts',
      'afterglow.content.ts',
    ],
  },
  { of: /^afterglow\.(policy|experiments)\.ts$/, may: [core('contracts')] },
  { of: /^afterglow\.content\.ts$/, may: [core('contracts'), 'zod'] },
];

/** What a file imports and may not; a file for which there is no rule may import nothing. */
export const forbiddenImports = (file: string, text: string): readonly string[] => {
  const rule = rules.find(({ of }) => of.test(file));
  const [, own = ''] = rule?.of.exec(file) ?? [];
  const allows = (to: string) => rule?.may.some((pattern) => fits(pattern, own, to)) ?? false;
  return importsOf(file, text).filter((to) => !allows(to));
};

const fits = (pattern: Import, own: string, to: string): boolean =>
  typeof pattern === 'string'
    ? pattern === to
    : new RegExp(pattern.source.replace('$1', () => own)).test(to);
