import { readdir, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { once } from '../domain/once.ts';
import type { MessageTemplate, MessageTemplates } from '../ports/message-templates.ts';

const written = z.string().min(1);

const messageTemplate = z
  .strictObject({
    email: z.strictObject({ subject: written, html: written, text: written }).optional(),
    sms: z.strictObject({ text: written }).optional(),
    push: z.strictObject({ title: written, text: written }).optional(),
    insert: z.strictObject({ text: written }).optional(),
  })
  .refine((template) => Object.keys(template).length > 0, 'a template for at least one channel');

/**
 * Templates as the build compiled them: `<folder>/<touch>/<language>.json`. Each file is read once.
 *
 * @param folder a URL that ends in a slash
 */
export const fileMessageTemplates = (folder: URL): MessageTemplates => {
  const load = once((path: string) => templateAt(new URL(path, folder), path));
  return {
    languagesOf: once((touch: string) => languagesIn(new URL(`${touch}/`, folder))),
    load: (touch, language) => load(`${touch}/${language}.json`),
  };
};

const languagesIn = async (folder: URL): Promise<readonly string[]> => {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
};

const templateAt = async (file: URL, path: string): Promise<MessageTemplate> => {
  try {
    return messageTemplate.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new Error(`no usable template ${path}: compile the messages into this folder`, { cause });
  }
};
