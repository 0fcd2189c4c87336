import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { SentMail } from '../services/mail.ts';

/** Writes the first e-mail of each shop, touch and language, ready for a browser, and its text part. */
export const writeMessageSamples = async (
  outbox: readonly SentMail[],
  dir: string,
): Promise<void> => {
  await mkdir(dir, { recursive: true });
  const firsts = new Map<string, SentMail>();
  for (const mail of outbox) {
    const name = sampleNameOf(mail);
    if (!firsts.has(name)) firsts.set(name, mail);
  }
  for (const [name, { raw }] of firsts) {
    const { html = '', text = '' } = await PostalMime.parse(raw);
    await writeFile(join(dir, `${name}.html`), html);
    await writeFile(join(dir, `${name}.txt`), text);
  }
};

/** What a sample of a mail is called: shop, touch and language. */
export const sampleNameOf = ({ tags, language }: SentMail): string =>
  `${tags['shop']}-${tags['touch']}.${language}`;
