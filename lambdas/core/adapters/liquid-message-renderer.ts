import { Liquid } from 'liquidjs';
import type { MessageContext } from '../domain/messages/message-context.ts';
import { plainText } from '../domain/messages/names.ts';
import { smsText } from '../domain/messages/sms-length.ts';
import type { RenderMessage } from '../ports/message-renderer.ts';
import { plainWriter, type Write } from './plain-liquid.ts';
import { BeyondPlain } from './plain-liquid-values.ts';

/** A name that is not there fails: a misspelt one is found when the template is compiled. */
export const strictLiquid = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  // Templates format no dates; without it Liquid asks Intl, which takes 15 ms at start.
  locale: 'en',
} as const;

/** Whatever comes from an order is text: markup in it is shown, never obeyed. */
export const htmlLiquid = new Liquid({ ...strictLiquid, outputEscape: 'escape' });

export const textLiquid = new Liquid(strictLiquid);

type Fill = (template: string, context: MessageContext) => string;

/** Renders by Liquid; each text is parsed once. */
export const liquidMessageRenderer = (): RenderMessage => {
  const html = fillingBy(htmlLiquid);
  const text = fillingBy(textLiquid);
  return {
    email: (template, context) => ({
      subject: plainText(text(template.subject, context)),
      html: html(template.html, context),
      text: tidy(text(template.text, context)),
    }),
    sms: (template, context) => smsText(tidy(text(template.text, context)).trim()),
    push: (template, context) => ({
      title: plainText(text(template.title, context)),
      text: plainText(text(template.text, context)),
    }),
    insert: (template, context) => tidy(text(template.text, context)).trim(),
  };
};

const fillingBy = (liquid: Liquid): Fill => {
  const parsed = new Map<string, Write>();
  return (template, context) => {
    const write = parsed.get(template) ?? writerOf(liquid, template);
    parsed.set(template, write);
    return write(context);
  };
};

/** Plainly where that can be; Liquid itself writes all else, and says what is wrong with a name. */
const writerOf = (liquid: Liquid, template: string): Write => {
  const templates = liquid.parse(template);
  const byLiquid: Write = (told) => String(liquid.renderSync(templates, told));
  const plainly = unlessBeyond(
    () => plainWriter(liquid, templates),
    () => byLiquid,
  );
  return (told) =>
    unlessBeyond(
      () => plainly(told),
      () => byLiquid(told),
    );
};

const unlessBeyond = <Done>(plainly: () => Done, byLiquid: () => Done): Done => {
  try {
    return plainly();
  } catch (error) {
    if (error instanceof BeyondPlain) return byLiquid();
    throw error;
  }
};

/** Tags leave empty lines behind: at most one is kept between paragraphs. */
const tidy = (text: string): string =>
  `${text
    .replaceAll(/[^\S\n]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()}\n`;
