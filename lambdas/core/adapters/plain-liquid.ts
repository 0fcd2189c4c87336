import {
  AssignTag,
  CaptureTag,
  CaseTag,
  ForTag,
  IfTag,
  type Liquid,
  Output,
  type Template,
  TypeGuards,
  UnlessTag,
  Value,
} from 'liquidjs';
import {
  BeyondPlain,
  isSame,
  isTrue,
  type Names,
  tokenOf,
  valueOf,
} from './plain-liquid-values.ts';

/** Writes a template for what is told. @throws {BeyondPlain} */
export type Write = (told: object) => string;

/**
 * A parsed template as functions that write it: plain texts, values, conditions and loops, which are all that our
 * templates need. Liquid renders for those who wait on each value, by a generator for every node and every name: of a
 * message's time that was the most (docs/decisions/0022).
 *
 * @throws {BeyondPlain} for a template with anything else in it
 */
export const plainWriter = (liquid: Liquid, templates: readonly Template[]): Write => {
  const write = allOf({ isEscaping: liquid.options.outputEscape !== undefined }, templates);
  return (told) => write({ told, assigned: new Map(), loop: undefined });
};

interface Compiling {
  /** Values that are not said to be `raw`. */
  readonly isEscaping: boolean;
}

type Part = (names: Names) => string;

const allOf = (compiling: Compiling, templates: readonly Template[] = []): Part => {
  const parts = templates.map((template) => partOf(compiling, template));
  return (names) => {
    let text = '';
    for (const part of parts) text += part(names);
    return text;
  };
};

const partOf = (compiling: Compiling, template: Template): Part => {
  if (TypeGuards.isHTMLToken(template.token)) {
    const text = template.token.getContent();
    return () => text;
  }
  if (template instanceof Output) return outputOf(compiling, template);
  if (template instanceof IfTag) return branchesOf(compiling, template);
  if (template instanceof UnlessTag) return unlessOf(compiling, template);
  if (template instanceof ForTag) return loopOf(compiling, template);
  if (template instanceof CaseTag) return caseOf(compiling, template);
  if (template instanceof AssignTag) return assignOf(template);
  if (template instanceof CaptureTag) return captureOf(compiling, template);
  throw new BeyondPlain(`the tag ${template.token.getText()}`);
};

const outputOf = ({ isEscaping }: Compiling, { value }: Output): Part => {
  const { filters } = value;
  if (!isEscaping || filters.at(-1)?.raw === true) {
    const read = valueOf(value);
    return (names) => textOf(read(names));
  }
  // The last filter is then Liquid's own, which escapes.
  const read = valueOf(value, filters.slice(0, -1));
  return (names) => escaped(textOf(read(names)));
};

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === null) return '';
  throw new BeyondPlain(`text of ${typeof value}`);
};

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

const branchesOf = (compiling: Compiling, { branches, elseTemplates }: IfTag): Part => {
  const choices = branches.map(({ value, templates }) => ({
    read: valueOf(value),
    write: allOf(compiling, templates),
  }));
  const otherwise = allOf(compiling, elseTemplates);
  return (names) => {
    for (const { read, write } of choices) if (isTrue(read(names))) return write(names);
    return otherwise(names);
  };
};

const unlessOf = (compiling: Compiling, { branches, elseTemplates }: UnlessTag): Part => {
  const [first, ...more] = branches;
  if (first === undefined || more.length > 0) throw new BeyondPlain('unless with elsif');
  const read = valueOf(first.value);
  const write = allOf(compiling, first.templates);
  const otherwise = allOf(compiling, elseTemplates);
  return (names) => (isTrue(read(names)) ? otherwise(names) : write(names));
};

const loopOf = (compiling: Compiling, tag: ForTag): Part => {
  const { variable, templates } = tag;
  const collection = tokenOf(tag.collection);
  const limit = limitOf(tag);
  const write = allOf(compiling, templates);
  const otherwise = allOf(compiling, tag.elseTemplates);
  return (names) => {
    const items = collection(names);
    if (!Array.isArray(items)) throw new BeyondPlain('a loop over what is no list');
    if (items.length === 0) return otherwise(names);
    const outer = names.loop;
    const length = Math.min(items.length, limit);
    let text = '';
    for (let index = 0; index < length; index += 1) {
      const forloop = { first: index === 0, index: index + 1, last: index === length - 1, length };
      names.loop = { variable, item: items[index], forloop, outer };
      text += write(names);
    }
    names.loop = outer;
    return text;
  };
};

const limitOf = ({ hash: { hash } }: ForTag): number => {
  const { limit, ...more } = hash;
  if (Object.keys(more).length > 0) throw new BeyondPlain('a loop from or backwards');
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (!TypeGuards.isNumberToken(limit)) throw new BeyondPlain('a loop as far as is told');
  return limit.content;
};

const caseOf = (compiling: Compiling, { value, branches, elseTemplates }: CaseTag): Part => {
  const target = valueOf(value);
  const cases = branches.map(({ values, templates }) => ({
    values: values.map(tokenOf),
    write: allOf(compiling, templates),
  }));
  const otherwise = allOf(compiling, elseTemplates);
  return (names) => {
    const found = target(names);
    const hit = cases.filter(({ values }) => values.some((each) => isSame(found, each(names))));
    return hit.length === 0 ? otherwise(names) : hit.map(({ write }) => write(names)).join('');
  };
};

const assignOf = (tag: AssignTag): Part => {
  const [identifier] = tag.localScope();
  const [value] = tag.arguments();
  if (identifier === undefined || !(value instanceof Value)) throw new BeyondPlain('an assign');
  const { content: name } = identifier;
  const read = valueOf(value);
  return (names) => {
    names.assigned.set(name, read(names));
    return '';
  };
};

const captureOf = (compiling: Compiling, { variable, templates }: CaptureTag): Part => {
  const write = allOf(compiling, templates);
  return (names) => {
    names.assigned.set(variable, write(names));
    return '';
  };
};
