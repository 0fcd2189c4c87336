import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fileMessageTemplates } from '#core/adapters/file-message-templates.ts';
import { inMemoryMessageTemplates } from '#tests/unit/messages/in-memory-message-templates.ts';

const english = {
  email: { subject: 'Order', html: '<p></p>', text: 'Order' },
  sms: { text: 'Order' },
  push: { title: 'Order', text: 'It is on its way.' },
};
const german = { insert: { text: 'Danke' } };

const inFiles = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  mkdirSync(join(folder, 'thanks'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, 'thanks', name), content);
  return fileMessageTemplates(pathToFileURL(`${folder}/`));
};

describe.each([
  ['in memory', () => inMemoryMessageTemplates({ thanks: { en: english, de: german } })],
  [
    'in files',
    () => inFiles({ 'en.json': JSON.stringify(english), 'de.json': JSON.stringify(german) }),
  ],
])('templates %s', (_, open) => {
  test('name the languages of a touch', async () => {
    expect((await open().languagesOf('thanks')).toSorted()).toEqual(['de', 'en']);
  });

  test('name no language of an unknown touch', async () => {
    expect(await open().languagesOf('nothing')).toEqual([]);
  });

  test('load the template of a language', async () => {
    expect(await open().load('thanks', 'de')).toEqual(german);
  });

  test('give the same object each time', async () => {
    const templates = open();

    expect(await templates.load('thanks', 'en')).toBe(await templates.load('thanks', 'en'));
  });

  test('reject a language that there is none of', async () => {
    await expect(open().load('thanks', 'fr')).rejects.toThrow('thanks/fr');
  });
});

test.each([
  ['of a part', '{"email":{"subject":"Order"}}'],
  ['of no channel', '{}'],
  ['of a channel that there is none of', '{"fax":{"text":"Order"}}'],
])('a file %s is refused by its path', async (_, content) => {
  const templates = inFiles({ 'en.json': content });

  await expect(templates.load('thanks', 'en')).rejects.toThrow('no usable template thanks/en.json');
});
