import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';
import type { EmailTemplate } from '#core/ports/message-templates.ts';
import { brokenIncludes, expanded, type Problem, type TemplateSource } from './message-source.ts';
import { settled } from './settle-template.ts';

export type Compiled<Template> =
  | { readonly kind: 'compiled'; readonly template: Template }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Turns MJML into HTML; the Liquid in it that an order decides stays as it is, to be filled for each. */
export const compileEmail = async (
  { email, text }: TemplateSource['files'],
  touchesFolder: string,
): Promise<Compiled<EmailTemplate>> => {
  const broken = [...brokenIncludes(email), ...brokenIncludes(text)];
  if (broken.length > 0) return { kind: 'refused', problems: broken };

  const source = readFileSync(email, 'utf8');
  const { html, problems } = await htmlOf(email, source, touchesFolder);
  const subject = /<mj-title>([\s\S]*?)<\/mj-title>/.exec(source)?.[1]?.trim() ?? '';
  const all =
    subject === ''
      ? [...problems, { file: email, what: 'has no subject: expected <mj-title>' }]
      : problems;
  if (all.length > 0) return { kind: 'refused', problems: all };

  const ofHtml = settled(email, html, true);
  const ofText = settled(text, expanded(text), false);
  if (ofHtml.kind === 'refused') return ofHtml;
  if (ofText.kind === 'refused') return ofText;
  return { kind: 'compiled', template: { subject, html: ofHtml.text, text: ofText.text } };
};

interface Html {
  readonly html: string;
  readonly problems: readonly Problem[];
}

const htmlOf = async (file: string, source: string, touchesFolder: string): Promise<Html> => {
  try {
    const { html, errors } = await mjml2html(source, {
      actualPath: file,
      filePath: file,
      // MJML would load a web font for some names of fonts that systems have.
      fonts: {},
      ignoreIncludes: false,
      includePath: touchesFolder,
      keepComments: false,
      minify: true,
      minifyOptions: { minifyCss: false },
      validationLevel: 'soft',
    });
    return {
      html,
      problems: errors.filter((error) => !isLiquidColour(error)).map(problemOf(file)),
    };
  } catch (cause) {
    return { html: '', problems: [{ file, what: `is no MJML: ${String(cause)}` }] };
  }
};

/** A colour of the shop is known when the message is rendered; MJML wants to see one now. */
const isLiquidColour = ({ message }: { readonly message: string }): boolean =>
  /invalid value: \{\{[^}]*\}\} for type Color/.test(message);

const problemOf =
  (file: string) =>
  ({ line, message, tagName, formattedMessage }: MjmlError): Problem => {
    const named = /^Line \d+ of (.+?) \(/.exec(formattedMessage)?.[1];
    return { file: named ?? file, line, what: `<${tagName}> ${message.trim()}` };
  };

type MjmlError = Awaited<ReturnType<typeof mjml2html>>['errors'][number];
