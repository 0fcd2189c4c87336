import type { MessageTemplate, PushTemplate, TextTemplate } from '#core/ports/message-templates.ts';
import { compileEmail, type Compiled } from './compile-email.ts';
import { brokenIncludes, expanded, type TemplateSource } from './message-source.ts';
import { settled } from './settle-template.ts';

/** A touch in one language, ready to be filled for an order. */
export interface CompiledMessage {
  readonly source: TemplateSource;
  readonly template: MessageTemplate;
}

/** A touch in one language, with a template for each of its channels. */
export const compileTemplate = async (
  { touch, files }: TemplateSource,
  touchesFolder: string,
): Promise<Compiled<MessageTemplate>> => {
  const has = touch.channels;
  const email = has.includes('email') ? await compileEmail(files, touchesFolder) : undefined;
  const sms = has.includes('sms') ? compileText(files.sms, asText) : undefined;
  const push = has.includes('push') ? compileText(files.push, asPush) : undefined;
  const insert = has.includes('insert') ? compileText(files.insert, asText) : undefined;
  const problems = [email, sms, push, insert].flatMap((each) =>
    each?.kind === 'refused' ? each.problems : [],
  );
  if (problems.length > 0) return { kind: 'refused', problems };
  return {
    kind: 'compiled',
    template: {
      email: templateIn(email),
      sms: templateIn(sms),
      push: templateIn(push),
      insert: templateIn(insert),
    },
  };
};

const templateIn = <Template>(compiled: Compiled<Template> | undefined): Template | undefined =>
  compiled?.kind === 'compiled' ? compiled.template : undefined;

const compileText = <Template>(
  file: string,
  read: (text: string) => Template,
): Compiled<Template> => {
  const broken = brokenIncludes(file);
  if (broken.length > 0) return { kind: 'refused', problems: broken };
  const text = settled(file, expanded(file), false);
  return text.kind === 'refused' ? text : { kind: 'compiled', template: read(text.text) };
};

const asText = (text: string): TextTemplate => ({ text });

/** The first line is the title. */
const asPush = (text: string): PushTemplate => {
  const end = text.includes('\n') ? text.indexOf('\n') : text.length;
  return { title: text.slice(0, end), text: text.slice(end + 1) };
};
