import { parseArgs, styleText } from 'node:util';
import config from '#config';
import type { StageConfig } from '#core/contracts/config.ts';
import type { ContactInputs } from '#core/delivery/contact-inputs.ts';
import { decideContact } from '#core/domain/contact-policy/contact-policy.ts';
import type { TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { decisionInWords, rulesInWords } from '#core/domain/explain/timeline.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { decisionCalendar } from '../explain/decision-calendar.ts';
import { asOf, askPolicy, Unanswerable } from '../explain/policy-question.ts';
import { sourceOf } from '../explain/source.ts';

const help = `Prints what the contact policy decides on a touch for a customer, and every rule with what it saw.

  npm run policy -- --customer ID --touch NAME --at INSTANT [--state DIR]
  npm run policy -- --customer ID --touch NAME --at INSTANT --stage STAGE [--profile PROFILE] [--region REGION]

  --customer   the customer, by the id that the shop's events give
  --touch      what would be sent: a folder of touches/
  --at         when it would be decided, with its zone: 2026-11-22T21:30:00+01:00
  --shop       the shop; without it every shop is asked
  --order      the order it is about (default: the customer's latest)
  --subjects   what it tells of: lines, parcels or SKUs, with commas (default: what its journey asked
               with, or else all there is)
  --calendar   what would be decided at each hour of the seven days from then on
  --state      where the rehearsal left its state (default .rehearsal)
  --stage      read the deployed tables of this stage instead
  --json

Customer and order are as they are known now; of what the customer got, what they had got by then. Without
--stage the channels and the SMS budget are those of the first stage of afterglow.config.ts.`;

const options = {
  customer: { type: 'string' },
  touch: { type: 'string' },
  at: { type: 'string' },
  shop: { type: 'string' },
  order: { type: 'string' },
  subjects: { type: 'string' },
  calendar: { type: 'boolean', default: false },
  state: { type: 'string', default: '.rehearsal' },
  stage: { type: 'string' },
  profile: { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Exit code 0: answered; 1: no such touch, customer or order; 2: wrong arguments. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  const { customer, touch, at } = values;
  if (values.help || customer === undefined || touch === undefined || at === undefined) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  try {
    const question = {
      customerId: customer,
      touch,
      at: instantOf(at),
      shops: values.shop === undefined ? Object.keys(config.shops) : [values.shop],
      orderId: values.order,
      subjects: values.subjects?.split(',').filter((subject) => subject !== ''),
      stage: stageOf(values.stage),
    };
    const inputs = await askPolicy(await sourceOf(values), question);
    const days = values.calendar ? weekFrom(inputs) : undefined;
    const decision = decideContact(inputs);
    if (values.json) console.log(JSON.stringify(inJson(inputs, decision, days), undefined, 2));
    else console.log(inWords(inputs, decision, days));
    return 0;
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error;
    console.error(`policy: ${error.message}`);
    return 1;
  }
};

/** An instant has a zone: what is quiet depends on it. */
const instantOf = (text: string): Instant => {
  const ms = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(ms))
    throw new Unanswerable(
      `--at got "${text}", expected an instant with its zone, such as 2026-11-22T21:30:00+01:00`,
    );
  return new Date(ms).toISOString();
};

const stageOf = (name: string | undefined): StageConfig => {
  const stage = name === undefined ? Object.values(config.stages)[0] : config.stages[name];
  if (stage === undefined)
    throw new Unanswerable(
      `there is no stage "${name}" in afterglow.config.ts; there are: ${Object.keys(config.stages).join(', ')}`,
    );
  return stage;
};

interface HourlyDecision {
  readonly at: Instant;
  readonly decision: TouchDecision;
}

const HOUR_MS = 3_600_000;
const HOURS = 7 * 24;

const weekFrom = (inputs: ContactInputs): readonly HourlyDecision[] =>
  Array.from({ length: HOURS }, (_, hour) => {
    const at = new Date(Date.parse(inputs.now) + hour * HOUR_MS).toISOString();
    return { at, decision: decideContact(asOf(inputs, at)) };
  });

const inJson = (
  { order, customerId, touchId, now, zones, regions, channels }: ContactInputs,
  decision: TouchDecision,
  calendar: readonly HourlyDecision[] | undefined,
) => {
  const { shop, orderId } = order;
  const about = { shop, customerId, orderId, touchId, at: now, zones, regions, channels };
  return { ...about, decision, calendar };
};

const colours = { send: 'green', reroute: 'cyan', hold: 'yellow', drop: 'red' } as const;

const inWords = (
  inputs: ContactInputs,
  decision: TouchDecision,
  calendar: readonly HourlyDecision[] | undefined,
): string => {
  const { order, customerId, touchId, now, zones, regions } = inputs;
  const where = `${zones.join(', ')}${regions.length === 0 ? '' : `; regions ${regions.join(', ')}`}`;
  return [
    styleText('bold', `${touchId} of order ${order.orderId} for ${customerId} of ${order.shop}`),
    `  at ${now} in ${where}`,
    `  ${styleText(colours[decision.kind], decisionInWords(decision))}`,
    ...rulesInWords(decision.rules).map((rule) => `    ${rule}`),
    ...(calendar === undefined ? [] : ['', ...decisionCalendar(calendar, zones[0] ?? 'UTC')]),
  ].join('\n');
};
