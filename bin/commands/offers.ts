import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import config from '#config';
import { dynamoOffers } from '#core/adapters/dynamo-offers.ts';
import { putEntries } from '#core/adapters/eventbridge-entries.ts';
import { sourceOf } from '#core/contracts/incoming-events.ts';
import type { OfferFields } from '#core/contracts/offer-fields.ts';
import { moneyIn } from '#core/domain/messages/formats.ts';
import { tables } from '#core/contracts/tables.ts';
import { InvalidOffers, type OfferFile, readOfferFiles } from '#rehearsal/input/offer-files.ts';
import { type OfferChange, offerChanges } from '../offers/offer-changes.ts';
import { experimentProblems } from '../offers/experiment-problems.ts';
import { notesOn } from '../offers/offer-notes.ts';
import { deployedBus } from './deployed-bus.ts';
import { deployedTable } from './deployed-table.ts';

const help = `Checks the offers of confirmation pages, a file offers/<shop>.yaml each, and tells a stage of them.

  npm run offers                        checks them, and lists them
  npm run offers -- --stage STAGE       tells the stage what is new, changed or not in the file any more
  npm run offers -- --stage STAGE --dry-run     says what it would tell

  --dir DIR       where the files are (default offers)
  --profile, --region    of AWS; the region is the stage's unless it is given

Exit code 0: fine; 1: a file has mistakes; 2: wrong arguments.`;

const options = {
  stage: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  dir: { type: 'string', default: 'offers' },
  profile: { type: 'string' },
  region: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parsed>['values'];

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { stage } = values;
  if (stage !== undefined && config.stages[stage] === undefined) {
    console.error(
      `offers: --stage: got "${stage}", expected one of ${Object.keys(config.stages).join(', ')}`,
    );
    return 2;
  }
  try {
    const files = await readOfferFiles(values.dir);
    assertShops(files);
    const problems = experimentProblems(config, files);
    if (problems.length > 0) throw new InvalidOffers(problems);
    for (const file of files) list(file);
    if (stage !== undefined) await tell(stage, files, values);
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || !['InvalidOffers', 'UnknownShop'].includes(error.name))
      throw error;
    console.error(`offers: ${error.message}`);
    return 1;
  }
};

class UnknownShop extends Error {
  override readonly name = 'UnknownShop';
}

const assertShops = (files: readonly OfferFile[]): void => {
  const stray = files.find(({ shop }) => config.shops[shop] === undefined);
  if (stray !== undefined)
    throw new UnknownShop(
      `${stray.file}: got the shop "${stray.shop}", expected a file named for one of ${Object.keys(config.shops).join(', ')} (afterglow.config.ts)`,
    );
};

const list = ({ shop, file, offers }: OfferFile): void => {
  const rules = config.shops[shop];
  if (rules === undefined) return;
  console.log(`${file}: ${offers.length} offer(s) of ${rules.name}, in ${rules.currency}`);
  for (const offer of offers) {
    console.log(`  ${inWords(offer, rules.currency)}`);
    for (const note of notesOn(offer, rules)) console.log(`      ${note}`);
  }
};

const ID_WIDTH = 22;
const TYPE_WIDTH = 13;

const inWords = (offer: OfferFields, currency: string): string =>
  [
    offer.offerId.padEnd(ID_WIDTH),
    offer.type.padEnd(TYPE_WIDTH),
    [valueOf(offer, currency), aboutOf(offer), spanOf(offer, currency)]
      .filter((part) => part !== '')
      .join(', '),
  ].join(' ');

const amount = moneyIn('en');

const valueOf = ({ value }: OfferFields, currency: string): string =>
  'shareOfPrice' in value
    ? `margin of ${Math.round(value.shareOfPrice * 100)} % of the price`
    : `${value.kind} ${amount({ amountMinor: value.amountMinor, currency })}`;

const aboutOf = ({ product, partner }: OfferFields): string => {
  if (product?.kind === 'sku') return product.sku;
  return product === undefined ? (partner ?? '') : 'what goes best with the order';
};

const spanOf = ({ from, until, isActive, budget }: OfferFields, currency: string): string =>
  [
    isActive ? '' : 'taken off',
    from === undefined ? '' : `from ${from.slice(0, 10)}`,
    until === undefined ? '' : `until ${until.slice(0, 10)}`,
    budget === undefined
      ? ''
      : `budget ${amount({ amountMinor: budget.amountMinor, currency })} ${budget.pacing}`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const tell = async (stage: string, files: readonly OfferFile[], values: Values): Promise<void> => {
  const region = values.region ?? config.stages[stage]?.region ?? 'eu-central-1';
  const { profile } = values;
  const options = { region, ...(profile === undefined ? {} : { profile }) };
  const client = new DynamoDBClient(options);
  const offers = dynamoOffers(client, await deployedTable(client, stage, tables.offers.name));
  const bus = new EventBridgeClient(options);
  for (const { shop, offers: stated } of files) {
    const changes = offerChanges(shop, stated, await offers.of(shop), new Date());
    for (const { offerId, change } of changes) console.log(`${shop}: ${offerId} is ${change}`);
    if (changes.length === 0) console.log(`${shop}: the stage ${stage} has all of it`);
    else if (!values['dry-run']) await put(bus, await deployedBus(bus, stage), changes);
  }
};

const put = (
  client: EventBridgeClient,
  EventBusName: string,
  changes: readonly OfferChange[],
): Promise<void> =>
  putEntries(
    client,
    changes.map(({ detail }) => ({
      EventBusName,
      Source: sourceOf(detail.shop),
      DetailType: 'OfferUpdated',
      Detail: JSON.stringify(detail),
    })),
  );
