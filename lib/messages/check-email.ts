import { LiquidError } from 'liquidjs';
import { linesShownAtMost, mostHtmlBytes } from '#core/domain/messages/message-size.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { type MessageContext, messageContextOf } from '#core/domain/messages/message-context.ts';
import {
  htmlLiquid,
  liquidMessageRenderer,
  textLiquid,
} from '#core/adapters/liquid-message-renderer.ts';
import type { RenderedMessage } from '#core/ports/message-renderer.ts';
import type { MessageTemplate } from '#core/ports/message-templates.ts';
import { type EmailSource, placeOf, type Problem } from './message-source.ts';
import { type MessageSample, messageSamples } from './sample-messages.ts';
import { sampleNow } from './sample-orders.ts';
import { sampleShop } from './sample-shop.ts';

type Part = keyof MessageTemplate;

const orderStatus = `${sampleShop.orderStatusUrl}?t=${'x'.repeat(260)}`;

/** The context that a sample gives in a language. */
export const contextOf = ({ order, subjects }: MessageSample, language: string): MessageContext =>
  messageContextOf({
    subjects,
    order,
    customerName: order.contact.name,
    shop: sampleShop,
    locale: {
      language,
      locale: sampleShop.locales.find((each) => languageOf(each) === language) ?? language,
    },
    links: { orderStatus, unsubscribe: null },
    now: sampleNow,
    linesShown: linesShownAtMost[0],
  });

/** What is wrong with a template: found by its names, and by rendering it for every sample. */
export const problemsOf = (source: EmailSource, template: MessageTemplate): readonly Problem[] => {
  const unparsable = parseProblems(source, template);
  if (unparsable.length > 0) return unparsable;

  const trials = trialsOf(source);
  const unknown = unknownNames(source, template, trials);
  return unknown.length > 0 ? unknown : renderProblems(source, template, trials);
};

interface Trial {
  readonly sample: string;
  readonly context: MessageContext;
}

const trialsOf = ({ touch, language }: EmailSource): readonly Trial[] =>
  messageSamples
    .filter((sample) => sample.touch === touch)
    .map((sample) => ({ sample: sample.name, context: contextOf(sample, language) }));

const fileOf = ({ mjml, text }: EmailSource, part: Part): string => (part === 'text' ? text : mjml);

const partsOf = ({
  subject,
  html,
  text,
}: MessageTemplate): readonly (readonly [Part, string])[] => [
  ['subject', subject],
  ['html', html],
  ['text', text],
];

const parseProblems = (source: EmailSource, template: MessageTemplate): readonly Problem[] =>
  partsOf(template).flatMap(([part, liquid]) => {
    try {
      (part === 'html' ? htmlLiquid : textLiquid).parse(liquid);
      return [];
    } catch (error) {
      return [problemOf(source, fileOf(source, part), error)];
    }
  });

/** Names in branches that no sample takes are found here, where they start at the context itself. */
const unknownNames = (
  source: EmailSource,
  template: MessageTemplate,
  trials: readonly Trial[],
): readonly Problem[] => {
  const contexts = trials.map(({ context }) => context);
  return partsOf(template).flatMap(([part, liquid]) =>
    textLiquid
      .globalVariableSegmentsSync(liquid)
      .map((segments) => segments.map(String))
      .filter((path) => !isKnown(contexts, path))
      .map((path) => ({
        ...placeOf(fileOf(source, part), path.join('.')),
        what: `unknown variable "${path.join('.')}"; ${expectedAt(contexts[0], path)}`,
      })),
  );
};

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => new Map(Object.entries(Object(inner))).get(key), value);

/** Of a list, and of what no sample has, nothing can be said here. */
const isKnown = (contexts: readonly unknown[], path: readonly string[]): boolean => {
  const parents = contexts.map((context) => valueAt(context, path.slice(0, -1)));
  return (
    parents.every((parent) => parent === null || Array.isArray(parent)) ||
    contexts.some((context) => valueAt(context, path) !== undefined)
  );
};

const expectedAt = (context: unknown, path: readonly string[]): string => {
  const parent = path.slice(0, -1);
  const names = Object.keys(Object(valueAt(context, parent)));
  return `${parent.join('.') || 'a message'} has ${names.join(', ')}`;
};

/** The problems of the first sample that has any: the others would mostly repeat them. */
const renderProblems = (
  source: EmailSource,
  template: MessageTemplate,
  trials: readonly Trial[],
): readonly Problem[] => {
  const render = liquidMessageRenderer();
  for (const { sample, context } of trials) {
    const found = renderedProblems(source, () => render(template, context));
    if (found.length > 0)
      return found.map(({ what, ...place }) => ({
        ...place,
        what: `${what} (sample "${sample}")`,
      }));
  }
  return [];
};

const renderedProblems = (
  source: EmailSource,
  render: () => RenderedMessage,
): readonly Problem[] => {
  try {
    return outputProblems(source, render());
  } catch (error) {
    return [problemOf(source, undefined, error)];
  }
};

const problemOf = (source: EmailSource, file: string | undefined, error: unknown): Problem => {
  if (!LiquidError.is(error)) return { file: file ?? source.mjml, what: String(error) };
  const what = error.message.replace(/, line:\d+, col:\d+$/, '');
  const files = file === undefined ? [source.mjml, source.text] : [file];
  const places = files.map((each) => placeOf(each, error.token.getText()));
  const place = places.find(({ line }) => line !== undefined) ?? { file: files[0] ?? source.mjml };
  return { ...place, what };
};

const leftovers = /\{\{|\{%|\bundefined\b|\[object |\bNaN\b|Invalid Date/;

const outputProblems = (
  { mjml, text }: EmailSource,
  rendered: RenderedMessage,
): readonly Problem[] => {
  const bytes = Buffer.byteLength(rendered.html);
  const { entity, address } = sampleShop.legal;
  const lacksAddress = (part: string): boolean =>
    [entity, ...address].some(
      (line) => !part.includes(line) && !part.includes(line.replaceAll('&', '&amp;')),
    );
  const checks: readonly (readonly [boolean, Problem])[] = [
    [rendered.subject === '', { file: mjml, what: 'has an empty subject' }],
    [
      rendered.text.trim() === '',
      { file: text, what: 'is empty: every e-mail has a plain-text part' },
    ],
    [
      lacksAddress(rendered.html),
      { file: mjml, what: 'lacks the postal address: include the footer' },
    ],
    [
      lacksAddress(rendered.text),
      { file: text, what: 'lacks the postal address: include the footer' },
    ],
    [
      bytes > mostHtmlBytes,
      { file: mjml, what: `renders to ${bytes} bytes, allowed are ${mostHtmlBytes}` },
    ],
    [
      leftovers.test(rendered.html + rendered.subject),
      { file: mjml, what: leftover(rendered.html) },
    ],
    [leftovers.test(rendered.text), { file: text, what: leftover(rendered.text) }],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
};

const leftover = (part: string): string =>
  `renders with a leftover: ${leftovers.exec(part)?.[0] ?? 'in the subject'}`;
