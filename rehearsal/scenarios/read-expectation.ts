import type { Channel } from '#core/domain/touches/touch.ts';
import { instantOf, parseMoment, parseSpan } from './calendar.ts';
import { nearest, oneOf } from './nearest.ts';
import { itemsOf, quoted, type Written, type WrittenEntry } from './notebook.ts';
import { orderNameIn } from './order-name.ts';
import { type Expectation, outcomes, type Reason, type Subject } from './scenario.ts';
import type { Story } from './story.ts';
import { orderMeant } from './tell.ts';

/** A reason that is new in a decision has to be named here. */
const reasons: Readonly<Record<Reason, true>> = {
  'no-address': true,
  'no-channel': true,
  'no-consent': true,
  suppressed: true,
  'open-case': true,
  'held-too-long': true,
  'no-open-hour': true,
  'budget-spent': true,
  'no-longer-relevant': true,
  'already-done': true,
  'ordered-again': true,
  'given-back': true,
  'return-opened': true,
  disputed: true,
  dissatisfied: true,
  'too-early': true,
  'no-page': true,
  'test-order': true,
  holdout: true,
  'unknown-touch': true,
  'quiet-hours': true,
  'cap-reached': true,
  'gives-way': true,
  experiment: true,
};

const channels: Readonly<Record<Channel, true>> = {
  email: true,
  sms: true,
  push: true,
  inbox: true,
  insert: true,
  audience: true,
};

export interface ExpectationContext {
  readonly story: Story;
  /** Names of all touches that there are. */
  readonly touches: readonly string[];
}

/** A line such as `day 4 10:00: care-guide by email` or `never: review-request`. */
export const readExpectation = (
  item: Written,
  context: ExpectationContext,
): Expectation | undefined => {
  const { note } = context.story.options;
  const [first, ...rest] = item.kind === 'map' ? item.entries : [];
  const when = parseSpan(first?.key ?? '');
  if (first === undefined || (when === undefined && first.key !== 'never')) {
    const got = first === undefined ? quoted(item) : `"${first.key}"`;
    note(
      item.line,
      `got ${got}, expected a touch such as \`day 3 11:20: delivery-notice\` or \`never: review-request\``,
    );
    return undefined;
  }
  noteUnknown(rest, context);
  const said = readTouch(first.value, context);
  const order = orderMeant(context.story, orderNameIn(rest), first.line);
  if (said === undefined || order === undefined) return undefined;
  if (when === undefined && said.outcome !== 'sent')
    note(first.line, `never: got "${said.outcome}", expected only the touch: it is not sent then`);
  const because = reasonIn(rest, context);
  return {
    line: first.line,
    order,
    when,
    ...said,
    because,
    of: subjectsIn(rest, order.name, context),
  };
};

const noteUnknown = (entries: readonly WrittenEntry[], { story }: ExpectationContext): void => {
  const known = ['because', 'of', 'order'];
  for (const { key, line } of entries)
    if (!known.includes(key))
      story.options.note(line, `got "${key}", expected ${oneOf(known)} below a touch`);
};

const readTouch = (value: Written, { story, touches }: ExpectationContext) => {
  const { note } = story.options;
  const text = value.kind === 'text' ? value.text.trim().replaceAll(/\s+/g, ' ') : '';
  const [, name, by, how = 'sent'] = /^([\w-]+)(?: by ([\w-]+))?(?: ([\w-]+))?$/.exec(text) ?? [];
  if (name === undefined) {
    note(
      value.line,
      `got ${quoted(value)}, expected a touch such as \`care-guide by email dropped\``,
    );
    return undefined;
  }
  const refuse = (what: string, got: string, known: readonly string[]): undefined => {
    note(
      value.line,
      `got the ${what} "${got}", expected ${oneOf(nearest(got, known, known.length))}`,
    );
  };
  const touch = touches.find((each) => each === name) ?? refuse('touch', name, touches);
  const channel =
    by === undefined
      ? undefined
      : isChannel(by)
        ? by
        : refuse('channel', by, Object.keys(channels));
  const outcome = outcomes.find((each) => each === how) ?? refuse('outcome', how, outcomes);
  return touch === undefined || outcome === undefined ? undefined : { touch, channel, outcome };
};

const isChannel = (word: string): word is Channel => Object.hasOwn(channels, word);
const isReason = (word: string): word is Reason => Object.hasOwn(reasons, word);

const reasonIn = (
  entries: readonly WrittenEntry[],
  { story }: ExpectationContext,
): Reason | undefined => {
  const because = entries.find(({ key }) => key === 'because');
  if (because === undefined) return undefined;
  const { value, line } = because;
  if (value.kind === 'text' && isReason(value.text)) return value.text;
  const known = Object.keys(reasons);
  story.options.note(line, `because: got ${quoted(value)}, expected ${oneOf(known)}`);
  return undefined;
};

/** Parcels, products, lines, dates or whatever else the touch tells of. */
const subjectsIn = (
  entries: readonly WrittenEntry[],
  order: string,
  { story }: ExpectationContext,
): readonly Subject[] | undefined => {
  const of = entries.find(({ key }) => key === 'of');
  if (of === undefined) return undefined;
  const lines = story.orderCalled(order)?.lines ?? [];
  const { calendar } = story.options;
  return itemsOf(of.value).flatMap((item) => {
    if (item.kind !== 'text') return [];
    const sku = story.skuOf(item.text);
    const lineIds = lines.filter((line) => line.sku === sku).map(({ lineId }) => lineId);
    const moment = parseMoment(item.text);
    const dates = moment === undefined ? [] : [new Date(instantOf(calendar, moment)).toISOString()];
    return [{ written: item.text, means: [item.text, sku, ...lineIds, ...dates] }];
  });
};
