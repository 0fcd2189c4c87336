import { Liquid, type Template } from 'liquidjs';
import { plainText } from '../domain/messages/names.ts';
import type { RenderedMessage, RenderMessage } from '../ports/message-renderer.ts';
import type { MessageTemplate } from '../ports/message-templates.ts';

const strict = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // Templates format no dates; without it Liquid asks Intl, which takes 15 ms at start.
  locale: 'en',
} as const;

/** Whatever comes from an order is text: markup in it is shown, never obeyed. */
export const htmlLiquid = new Liquid({ ...strict, outputEscape: 'escape' });

export const textLiquid = new Liquid(strict);

type Parsed = Readonly<Record<keyof MessageTemplate, Template[]>>;

/** Renders by Liquid; a template is parsed once, as long as it is the same object. */
export const liquidMessageRenderer = (): RenderMessage => {
  const parsed = new WeakMap<MessageTemplate, Parsed>();
  return (template, context): RenderedMessage => {
    const parts = parsed.get(template) ?? parse(template);
    parsed.set(template, parts);
    return {
      subject: plainText(rendered(textLiquid, parts.subject, context)),
      html: rendered(htmlLiquid, parts.html, context),
      text: tidy(rendered(textLiquid, parts.text, context)),
    };
  };
};

const rendered = (liquid: Liquid, template: Template[], context: object): string =>
  String(liquid.renderSync(template, context));

const parse = ({ subject, html, text }: MessageTemplate): Parsed => ({
  subject: textLiquid.parse(subject),
  html: htmlLiquid.parse(html),
  text: textLiquid.parse(text),
});

/** Tags leave empty lines behind: at most one is kept between paragraphs. */
const tidy = (text: string): string =>
  `${text
    .replaceAll(/[^\S\n]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()}\n`;
