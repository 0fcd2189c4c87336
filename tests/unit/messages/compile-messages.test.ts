import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { allTouches, InvalidMessages } from '#lib/messages/message-source.ts';
import { touches } from '#touches/registry.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'messages-'));

/** The verification touch in a folder of its own, with one of its files changed. */
const changed = (file: string, change: (content: string) => string) => {
  const folder = newFolder();
  cpSync(allTouches.folder, folder, { recursive: true });
  const path = join(folder, 'verification', file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return { folder, touches: ['verification'] };
};

const problemsOf = async (source: ReturnType<typeof changed>): Promise<string> => {
  const out = newFolder();
  const error = await compileMessages(out, source).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(InvalidMessages);
  expect(readdirSync(out)).toEqual([]);
  return String(error);
};

test('the registry and the folders name the same touches', () => {
  const folders = readdirSync(allTouches.folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'design')
    .map(({ name }) => name);

  expect(Object.keys(touches).toSorted()).toEqual(folders.toSorted());
});

test.each(Object.entries(touches))(
  '%s is called so in the registry and in itself',
  (name, touch) => {
    expect(touch.name).toBe(name);
  },
);

test.each(Object.keys(touches))('%s is written in English and German, with a text part', (name) => {
  const files = ['email.en.mjml', 'email.de.mjml', 'text.en.liquid', 'text.de.liquid'];

  const missing = files.filter((file) => !existsSync(join(allTouches.folder, name, file)));

  expect(missing).toEqual([]);
});

test('every touch compiles in every language, in less than five seconds', async () => {
  const out = newFolder();
  const start = performance.now();

  await compileMessages(out);

  expect(performance.now() - start).toBeLessThan(5000);
  expect(readdirSync(out).toSorted()).toEqual(Object.keys(touches).toSorted());
  expect(readdirSync(join(out, 'verification'))).toEqual(['de.json', 'en.json']);
});

test('an unknown variable is refused by file, line and name, with the names there are', async () => {
  const source = changed('email.en.mjml', (mjml) =>
    mjml.replace('{{ order.placedOn }}', '{{ order.placedAt }}'),
  );

  const problems = await problemsOf(source);

  expect(problems).toMatch(/verification\/email\.en\.mjml:\d+: .*"order\.placedAt"/);
  expect(problems).toContain('order has id, placedOn');
});

test('an unknown variable is refused in a branch that is never taken', async () => {
  const source = changed(
    'text.de.liquid',
    (text) =>
      `${text}{% if order.isGift and order.isInReview == false %}{{ order.nonsense }}{% endif %}`,
  );

  expect(await problemsOf(source)).toMatch(/verification\/text\.de\.liquid:\d+: .*order\.nonsense/);
});

test('an unknown variable of a line is refused', async () => {
  const source = changed(
    'text.en.liquid',
    (text) => `${text}{% for line in order.items.lines %}{{ line.colour }}{% endfor %}`,
  );

  expect(await problemsOf(source)).toMatch(/verification\/text\.en\.liquid:\d+: .*line\.colour/);
});

test('an unknown filter is refused', async () => {
  const source = changed('text.en.liquid', (text) => `${text}{{ order.id | shout }}`);

  expect(await problemsOf(source)).toMatch(
    /verification\/text\.en\.liquid:\d+: undefined filter: shout/,
  );
});

test('a tag that is not closed is refused', async () => {
  const source = changed('text.en.liquid', (text) => `${text}{% if order.isGift %}`);

  expect(await problemsOf(source)).toMatch(/verification\/text\.en\.liquid:\d+: .*not closed/);
});

test('a tag that MJML does not have is refused', async () => {
  const source = changed('email.en.mjml', (mjml) => mjml.replaceAll('mj-column', 'mj-colum'));

  expect(await problemsOf(source)).toMatch(/verification\/email\.en\.mjml:\d+: .*mj-colum/);
});

test('an include of a file that is not there is refused', async () => {
  const source = changed('email.en.mjml', (mjml) => mjml.replace('lines.mjml', 'rows.mjml'));

  expect(await problemsOf(source)).toMatch(
    /verification\/email\.en\.mjml:\d+: includes .*rows\.mjml/,
  );
});

test('a message without a subject is refused', async () => {
  const source = changed('email.en.mjml', (mjml) => mjml.replace(/<mj-title>.*<\/mj-title>/, ''));

  expect(await problemsOf(source)).toContain('email.en.mjml: has no subject');
});

test.each(['email.en.mjml', 'text.en.liquid'])(
  '%s without the postal address is refused',
  async (file) => {
    const source = changed(file, (content) => content.replace(/.*footer\.en.*\n/, ''));

    expect(await problemsOf(source)).toContain(`${file}: lacks the postal address`);
  },
);

test('an empty text part is refused', async () => {
  const source = changed('text.en.liquid', () => '{% comment %}later{% endcomment %}');

  expect(await problemsOf(source)).toContain('text.en.liquid: is empty');
});

test('a missing text part is refused', async () => {
  const source = {
    ...changed('email.en.mjml', (mjml) => mjml),
    touches: ['verification', 'thanks'],
  };
  cpSync(
    join(source.folder, 'verification', 'email.en.mjml'),
    join(source.folder, 'verification', 'email.fr.mjml'),
  );

  const problems = await problemsOf(source);

  expect(problems).toContain('text.fr.liquid: is missing');
  expect(problems).toContain('thanks: has no email.<language>.mjml');
});

test('a message over the size that mailboxes show whole is refused', async () => {
  const source = changed('email.en.mjml', (mjml) =>
    mjml.replace('Is this order yours?', 'Is this order yours? '.repeat(5000)),
  );

  expect(await problemsOf(source)).toMatch(
    /email\.en\.mjml: renders to \d+ bytes, allowed are 102000/,
  );
});
