import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allTouches, InvalidMessages, type MessageSource } from '#lib/messages/message-source.ts';
import { type PreviewMessage, previewMessages } from '#lib/messages/preview/preview-messages.ts';
import { emailPath, previewPage } from '#lib/messages/preview/preview-page.ts';
import { pagePath, previewPages } from '#lib/messages/preview/preview-pages.ts';

const help = `Writes every message, filled for sample orders, to a page to look at.

  npm run preview                     all touches, to .preview/index.html
  npm run preview -- --touch NAME     only this touch
  npm run preview -- --out DIR        to another folder

The page chooses by touch, locale, sample and channel, and between light and dark colours. Its addresses are of sample
shops: pictures do not load, so that their alt texts are seen.`;

const options = {
  touch: { type: 'string' },
  out: { type: 'string', default: '.preview' },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  const source = sourceOf(values.touch);
  if (values.help || source.touches.length === 0) {
    console.log(values.help ? help : unknownTouch(values.touch));
    return values.help ? 0 : 2;
  }
  try {
    const messages = await previewMessages(source);
    const page = await write(messages, resolve(values.out));
    console.log(`${inWords(messages)}\n${page}`);
    return 0;
  } catch (error) {
    if (!(error instanceof InvalidMessages)) throw error;
    console.error(error.message);
    return 1;
  }
};

const sourceOf = (name: string | undefined): MessageSource => ({
  ...allTouches,
  touches: allTouches.touches.filter((touch) => name === undefined || touch.name === name),
});

const unknownTouch = (name: string | undefined): string =>
  `no touch "${name}". Touches: ${allTouches.touches.map((touch) => touch.name).join(', ')}.`;

/** @returns the page */
const write = async (messages: readonly PreviewMessage[], out: string): Promise<string> => {
  for (const message of messages) {
    const { email } = message.parts;
    if (email === undefined) continue;
    const file = join(out, emailPath(message));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, email.html);
  }
  const pages = previewPages();
  await mkdir(join(out, 'pages'), { recursive: true });
  for (const each of pages) await writeFile(join(out, pagePath(each)), each.page.markup);
  const page = join(out, 'index.html');
  await writeFile(page, previewPage(messages, pages));
  return page;
};

const inWords = (messages: readonly PreviewMessage[]): string => {
  const number = (channel: keyof PreviewMessage['parts']): number =>
    messages.filter(({ parts }) => parts[channel] !== undefined).length;
  return `${messages.length} messages: ${number('email')} as e-mail, ${number('sms')} as SMS, ${number('push')} as push, ${number('insert')} as a card in the parcel`;
};
