import type { Touch } from '#core/domain/touches/touch.ts';
import { textLiquid } from '#core/adapters/liquid-message-renderer.ts';
import { placeOf, type Problem } from './message-source.ts';

/** One text of a template, and the file that it was written in. */
export interface TemplatePart {
  readonly file: string;
  readonly liquid: string;
  readonly isHtml?: boolean | undefined;
  readonly isInsert?: boolean | undefined;
}

/** Names that a template uses and may not, or that no message has. */
export const nameProblems = (
  touch: Touch,
  part: TemplatePart,
  contexts: readonly unknown[],
): readonly Problem[] =>
  textLiquid
    .globalVariableSegmentsSync(part.liquid)
    .map((segments) => segments.map(String))
    .flatMap((path) => {
      const what = isKnown(contexts, path)
        ? forbidden(touch, part, path.join('.'))
        : `unknown variable "${path.join('.')}"; ${expectedAt(contexts[0], path)}`;
      return what === undefined ? [] : [{ ...placeOf(part.file, path.join('.')), what }];
    });

const suggestions = /^(offers|links\.(referral|loyalty|subscription|review))\b/;

const incentive = /^incentive\b/;

/** The card travels over the event bus and may lie in a gift. */
const personal = /^(customer|order\.(id|totals)|links\.(?!help$|website$|privacy$))\b/;

const forbidden = (
  touch: Touch,
  { isInsert = false }: TemplatePart,
  path: string,
): string | undefined => {
  const { name, purpose } = touch;
  if (purpose !== 'marketing' && suggestions.test(path))
    return `"${path}" suggests something; ${name} is ${purpose}, and only marketing may`;
  if (purpose !== 'marketing' && path === 'links.unsubscribe')
    return `"${path}" is of marketing only; ${name} is ${purpose}`;
  if (isInsert && personal.test(path))
    return `"${path}" is personal: an insert has no name, order or amount, nor a link signed for them`;
  return ofExperiment(touch, path);
};

/** What only an experiment gives, to a touch that declares it. */
const ofExperiment = (
  { name, purpose, variants, showsIncentive = false }: Touch,
  path: string,
): string | undefined => {
  if (path === 'variant' && variants === undefined)
    return `"variant" is of touches with variants; ${name} declares none`;
  if (incentive.test(path) && !(purpose === 'marketing' && showsIncentive))
    return `"${path}" is of marketing that declares "showsIncentive"; ${name} is ${purpose} and ${showsIncentive ? 'does' : 'does not'}`;
  return undefined;
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
