import { styleText, parseArgs } from 'node:util';
import config from '#config';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import type { JourneyPlan } from '#core/domain/explain/journey-plan.ts';
import { type TimelineEntry, timelineOf } from '#core/domain/explain/timeline.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import { sessionIdOf } from '#core/domain/sessions/session-id.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { contentSourceOf } from '../content/content-source.ts';
import { pinnedTexts } from '../content/pinned-texts.ts';
import { planOf } from '../explain/plan-of.ts';
import { offerInWords, pageInWords } from '../explain/page-in-words.ts';
import { sourceOf, type SourceOptions } from '../explain/source.ts';

const help = `Prints what happened to an order and why, from a finished rehearsal or from AWS.

  npm run explain -- ORDER [--shop SHOP] [--texts] [--offer OFFER] [--state DIR] [--json]
  npm run explain -- ORDER [--shop SHOP] --stage STAGE [--profile PROFILE] [--region REGION]

  --texts    the texts of products that its messages had, word for word
  --offer    why the confirmation page showed this offer, or did not
  --shop     the shop whose order it is; without it every shop is asked
  --state    where the rehearsal left its state (default .rehearsal)
  --stage    read the deployed tables of this stage instead`;

const options = {
  shop: { type: 'string' },
  offer: { type: 'string' },
  texts: { type: 'boolean', default: false },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Exit code 0: found; 1: no such order; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [orderId] = positionals;
  if (values.help || orderId === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const source = await sourceOf(values);
  const shops = values.shop === undefined ? Object.keys(config.shops) : [values.shop];
  let found = 0;
  for (const shop of shops) {
    const log = await source.orders.read(shop, orderId);
    if (log.version === 0) continue;
    found += 1;
    const touches = await source.touches(shop, orderId);
    const plan = await planOf(source, log, touches);
    const session = await source.sessions.find(sessionIdOf(shop, orderId, sha256Hex));
    if (values.json) console.log(JSON.stringify({ log, touches, plan, session }, undefined, 2));
    else if (values.offer !== undefined) console.log(offerAsked(session, values.offer));
    else {
      const texts = values.texts ? await textsOf(values, touches) : [];
      console.log(
        [explained(log, touches), ...texts, planned(plan), ...ofPage(session)].join('\n'),
      );
    }
  }
  if (found > 0) return 0;
  console.error(
    `no order "${orderId}" in ${shops.join(', ')}: check the id, or run \`npm run rehearse\` first`,
  );
  return 1;
};

/** What is read from the content table is read only when it is asked for. */
const textsOf = async (
  of: SourceOptions,
  touches: readonly TouchRecord[],
): Promise<readonly string[]> => [
  styleText('bold', 'Texts of products in its messages'),
  await pinnedTexts(await contentSourceOf(of), touches),
  '',
];

const ofPage = (session: Session | undefined): readonly string[] =>
  session === undefined ? [] : [...pageInWords(session), ''];

const offerAsked = (session: Session | undefined, offerId: string): string =>
  session === undefined
    ? 'The confirmation page of this order was not opened.'
    : offerInWords(session, offerId);

const planned = (plan: JourneyPlan | undefined): string =>
  plan === undefined
    ? ''
    : [
        styleText('bold', 'Taken for'),
        ...plan.profile.map((line) => `  ${line}`),
        styleText('bold', 'Planned by what is known now'),
        ...plan.stages.map((line) => `  ${line}`),
        '',
      ].join('\n');

/** The timeline as text; colours only where the terminal has them. */
export const explained = (
  log: OrderLog,
  touches: readonly TouchRecord[],
  { isBrief = false } = {},
): string => {
  const order = orderOf(log.events);
  const state = order === undefined ? 'not placed yet' : statusOf(order).replaceAll('_', ' ');
  return [
    styleText('bold', `Order ${log.orderId} of ${log.shop}: ${state}`),
    ...timelineOf(log, touches).flatMap((entry) => entryLines(entry, isBrief)),
    '',
  ].join('\n');
};

const colours = { event: 'cyan', milestone: 'yellow', wait: 'gray', touch: 'green' } as const;

/** In brief, only what refused something or does not fit is told. */
const entryLines = (
  { at, kind, what, because }: TimelineEntry,
  isBrief: boolean,
): readonly string[] => [
  `  ${at.slice(0, 16).replace('T', ' ')}  ${styleText(colours[kind], kind.padEnd(9))}  ${what}`,
  ...because
    .filter((reason) => !isBrief || !reason.startsWith('✓'))
    .map((reason) => `${' '.repeat(31)}${styleText('gray', reason)}`),
];
