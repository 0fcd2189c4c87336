import type { Touch } from '#core/domain/touches/touch.ts';
import type { TemplatePart } from './check-names.ts';
import { placeOf, type Problem } from './message-source.ts';

/** `variant == 'question'`, and the `when` of a `case`. */
const compared = /\bvariant\s*(?:==|!=)\s*["']([^"']*)["']/g;
const cases = /\{%-?\s*case\s+variant\s*-?%\}([\s\S]*?)\{%-?\s*endcase/g;
const whens = /\{%-?\s*when\s+["']([^"']*)["']/g;

const namesIn = (liquid: string): readonly string[] => [
  ...[...liquid.matchAll(compared)].map(([, name = '']) => name),
  ...[...liquid.matchAll(cases)].flatMap(([, inner = '']) =>
    [...inner.matchAll(whens)].map(([, name = '']) => name),
  ),
];

/**
 * Variants that a template asks for and touch.ts does not declare, and those that it declares and that nothing in this
 * language asks for: a customer in that arm would get the usual message.
 */
export const variantProblems = (
  { name, variants = [] }: Touch,
  parts: readonly TemplatePart[],
): readonly Problem[] => {
  const asked = parts.flatMap(({ file, liquid }) =>
    namesIn(unescaped(liquid)).map((variant) => ({ file, variant })),
  );
  const strays = asked.filter(({ variant }) => !variants.includes(variant));
  const unused = variants.filter((each) => !asked.some(({ variant }) => variant === each));
  const file = parts[0]?.file ?? '';
  return [
    ...strays.map((each) => ({
      ...placeOf(each.file, each.variant),
      what: `asks for the variant "${each.variant}"; ${name} declares ${variants.join(', ') || 'none'}`,
    })),
    ...unused.map((variant) => ({
      file,
      what: `${name} declares the variant "${variant}", and no template of this language asks for it`,
    })),
  ];
};

/** MJML writes quotation marks of attributes as entities; a title's double ones end its attribute: take single ones. */
const unescaped = (liquid: string): string =>
  liquid.replaceAll(/&quot;|&#34;/g, '"').replaceAll(/&apos;|&#39;/g, "'");
