import {
  htmlLiquid,
  liquidMessageRenderer,
  textLiquid,
} from '#core/adapters/liquid-message-renderer.ts';
import type { MessageTemplate } from '#core/ports/message-templates.ts';
import { emailProblems } from './check-email.ts';
import { nameProblems, type TemplatePart } from './check-names.ts';
import { insertProblems, pushProblems, smsProblems } from './check-short-message.ts';
import { variantProblems } from './check-variants.ts';
import type { CompiledMessage } from './compile-template.ts';
import { liquidProblem } from './liquid-problem.ts';
import type { Problem, TemplateSource } from './message-source.ts';
import { type RenderedParts, renderedParts } from './rendered-parts.ts';
import { contextsOf, type SampleContext } from './sample-contexts.ts';
import { type MessageSample, messageSamples } from './sample-messages.ts';
import { tracked } from './tracked.ts';

/** A sample as one language tells it. */
export interface Trial {
  readonly sample: MessageSample;
  readonly context: SampleContext;
}

interface Checking {
  /** Of all touches. */
  readonly folder: string;
  /** Is told every variable that the template reads for a sample. */
  readonly note: (path: string) => void;
}

/** What is wrong with a template: found by its names, and by rendering it for every sample. */
export const problemsOf = (
  { source, template }: CompiledMessage,
  { folder, note }: Checking,
): readonly Problem[] => {
  const parts = partsOf(source, template);
  const unparsable = parts.flatMap(parseProblems);
  if (unparsable.length > 0) return unparsable;

  const trials = trialsOf(source);
  const contexts = trials.map(({ context }) => context.ofEmail);
  const wrongNames = [
    ...parts.flatMap((part) => nameProblems(source.touch, part, contexts)),
    ...variantProblems(source.touch, parts),
  ];
  return wrongNames.length > 0
    ? wrongNames
    : firstProblems(trials, (trial) => trialProblems({ source, template, folder, note, trial }));
};

const trialsOf = ({ touch, language }: TemplateSource): readonly Trial[] =>
  messageSamples
    .filter((sample) => sample.touch === touch.name)
    .map((sample) => ({ sample, context: contextsOf(sample, language) }));

const partsOf = (
  { files }: TemplateSource,
  { email, sms, push, insert }: MessageTemplate,
): readonly TemplatePart[] => [
  ...(email === undefined
    ? []
    : [
        { file: files.email, liquid: email.subject },
        { file: files.email, liquid: email.html, isHtml: true },
        { file: files.text, liquid: email.text },
      ]),
  ...(sms === undefined ? [] : [{ file: files.sms, liquid: sms.text }]),
  ...(push === undefined
    ? []
    : [
        { file: files.push, liquid: push.title },
        { file: files.push, liquid: push.text },
      ]),
  ...(insert === undefined ? [] : [{ file: files.insert, liquid: insert.text, isInsert: true }]),
];

const parseProblems = ({ file, liquid, isHtml = false }: TemplatePart): readonly Problem[] => {
  try {
    (isHtml ? htmlLiquid : textLiquid).parse(liquid);
    return [];
  } catch (error) {
    return [liquidProblem([file], error)];
  }
};

/** The problems of the first sample that has any: the others would mostly repeat them. */
const firstProblems = (
  trials: readonly Trial[],
  problemsIn: (trial: Trial) => readonly Problem[],
): readonly Problem[] => {
  for (const trial of trials) {
    const found = problemsIn(trial);
    if (found.length > 0)
      return found.map(({ what, ...place }) => ({
        ...place,
        what: `${what} (sample "${trial.sample.name}")`,
      }));
  }
  return [];
};

interface Attempt extends CompiledMessage, Checking {
  readonly trial: Trial;
}

const render = liquidMessageRenderer();

/** More lines read no other variables. */
const longSamples = /^\d+ lines$/;

const trialProblems = (attempt: Attempt): readonly Problem[] => {
  const { source, template, note, trial } = attempt;
  const { sample, context } = trial;
  try {
    const { ofEmail, plain } = context;
    const observed = longSamples.test(sample.name)
      ? context
      : { ofEmail: tracked(ofEmail, note), plain: tracked(plain, note) };
    return outputProblems(attempt, renderedParts(render, template, observed));
  } catch (error) {
    return [liquidProblem(filesOf(source), error)];
  }
};

const outputProblems = (
  { source, folder, trial }: Attempt,
  { email, sms, push, insert }: RenderedParts,
): readonly Problem[] => {
  const { files, touch, language } = source;
  const { sample } = trial;
  const lookingFor = { touch, language, folder, shop: sample.shop, orderId: sample.order.orderId };
  const isPlain = sample.name === 'plain';
  return [
    ...(email === undefined ? [] : emailProblems(lookingFor, files, email)),
    ...(sms === undefined ? [] : smsProblems({ file: files.sms, shop: sample.shop, isPlain }, sms)),
    ...(push === undefined
      ? []
      : pushProblems({ file: files.push, shop: sample.shop, isPlain }, push)),
    ...(insert === undefined
      ? []
      : insertProblems({ file: files.insert, shop: sample.shop, isPlain }, insert)),
  ];
};

const filesOf = ({ touch, files }: TemplateSource): readonly string[] => [
  ...(touch.channels.includes('email') ? [files.email, files.text] : []),
  ...(touch.channels.includes('sms') ? [files.sms] : []),
  ...(touch.channels.includes('push') ? [files.push] : []),
  ...(touch.channels.includes('insert') ? [files.insert] : []),
];
