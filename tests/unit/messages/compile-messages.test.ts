import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { allTouches } from '#lib/messages/message-source.ts';
import { touches } from '#touches/registry.ts';
import { changed, copyOf, newFolder, problemsOf } from './changed-messages.ts';

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

test('every touch compiles in every language, in less than ten seconds of processor time', async () => {
  const out = newFolder();
  const start = process.cpuUsage();

  await compileMessages(out);

  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000_000).toBeLessThan(10);
  expect(readdirSync(out).toSorted()).toEqual(Object.keys(touches).toSorted());
  expect(readdirSync(join(out, 'verification'))).toEqual(['de.json', 'en.json']);
});

test('an unknown variable is refused by file, line and name, with the names there are', async () => {
  const source = changed('verification', 'email.en.mjml', (mjml) =>
    mjml.replace('{{ order.placedOn }}', '{{ order.placedAt }}'),
  );

  const problems = await problemsOf(source);

  expect(problems).toMatch(/verification\/email\.en\.mjml:\d+: .*"order\.placedAt"/);
  expect(problems).toContain('order has id, placedOn');
});

test('an unknown variable is refused in a branch that is never taken', async () => {
  const source = changed(
    'verification',
    'text.de.liquid',
    (text) =>
      `${text}{% if order.isGift and order.isInReview == false %}{{ order.nonsense }}{% endif %}`,
  );

  expect(await problemsOf(source)).toMatch(/verification\/text\.de\.liquid:\d+: .*order\.nonsense/);
});

test('an unknown variable of a line is refused', async () => {
  const source = changed(
    'verification',
    'text.en.liquid',
    (text) => `${text}{% for line in order.items.lines %}{{ line.colour }}{% endfor %}`,
  );

  expect(await problemsOf(source)).toMatch(/verification\/text\.en\.liquid:\d+: .*line\.colour/);
});

test('an unknown filter is refused', async () => {
  const source = changed(
    'verification',
    'text.en.liquid',
    (text) => `${text}{{ order.id | shout }}`,
  );

  expect(await problemsOf(source)).toMatch(
    /verification\/text\.en\.liquid:\d+: undefined filter: shout/,
  );
});

test('a tag that is not closed is refused', async () => {
  const source = changed(
    'verification',
    'text.en.liquid',
    (text) => `${text}{% if order.isGift %}`,
  );

  expect(await problemsOf(source)).toMatch(/verification\/text\.en\.liquid:\d+: .*not closed/);
});

test('words and branches that no order changes are settled when a template is compiled', async () => {
  const out = newFolder();
  const source = changed(
    'verification',
    'text.en.liquid',
    (text) =>
      `${text}[% assign show = true %][% if show %][[ word_total ]][% else %]none[% endif %]`,
  );

  await compileMessages(out, source);

  const compiled = readFileSync(join(out, 'verification', 'en.json'), 'utf8');
  expect(compiled).toMatch(/Total"\}/);
  expect(compiled).not.toMatch(/\[\[|\[%|word_|show_/);
});

test('a word that is unknown when a template is compiled is refused by file and line', async () => {
  const source = changed('verification', 'text.de.liquid', (text) => `${text}[[ word_nonsense ]]`);

  expect(await problemsOf(source)).toMatch(
    /verification\/text\.de\.liquid:\d+: undefined variable: word_nonsense/,
  );
});

test('a tag that MJML does not have is refused', async () => {
  const source = changed('verification', 'email.en.mjml', (mjml) =>
    mjml.replaceAll('mj-column', 'mj-colum'),
  );

  expect(await problemsOf(source)).toMatch(/verification\/email\.en\.mjml:\d+: .*mj-colum/);
});

test('an include of a file that is not there is refused', async () => {
  const source = changed('verification', 'email.en.mjml', (mjml) =>
    mjml.replace('lines.mjml', 'rows.mjml'),
  );

  expect(await problemsOf(source)).toMatch(
    /verification\/email\.en\.mjml:\d+: includes .*rows\.mjml/,
  );
});

test('a message without a subject is refused', async () => {
  const source = changed('verification', 'email.en.mjml', (mjml) =>
    mjml.replace(/<mj-title>.*<\/mj-title>/, ''),
  );

  expect(await problemsOf(source)).toContain('email.en.mjml: has no subject');
});

test.each(['email.en.mjml', 'text.en.liquid'])(
  '%s without the postal address is refused',
  async (file) => {
    const source = changed('verification', file, (content) =>
      content.replace(/.*footer\.en.*\n/, ''),
    );

    expect(await problemsOf(source)).toContain(`${file}: lacks the postal address`);
  },
);

test('an empty text part is refused', async () => {
  const source = changed(
    'verification',
    'text.en.liquid',
    () => '{% comment %}later{% endcomment %}',
  );

  expect(await problemsOf(source)).toContain('text.en.liquid: is empty');
});

test.each(['text.de.liquid', 'email.de.mjml', 'sms.en.liquid'])(
  'a touch without its %s is refused',
  async (file) => {
    const source = copyOf('verification');
    rmSync(join(source.folder, 'verification', file));

    expect(await problemsOf(source)).toContain(`verification/${file}: is missing`);
  },
);

test('a language that only some files of a touch are written in is refused', async () => {
  const source = copyOf('verification');
  const folder = join(source.folder, 'verification');
  cpSync(join(folder, 'email.en.mjml'), join(folder, 'email.fr.mjml'));

  const problems = await problemsOf(source);

  expect(problems).toContain('text.fr.liquid: is missing: every e-mail has a plain-text part');
  expect(problems).toContain('sms.fr.liquid: is missing: touch.ts names sms');
});

test('a touch that nobody has written is refused', async () => {
  const { folder } = copyOf('verification');
  const thanks = { ...touches.verification, name: 'thanks' };

  expect(await problemsOf({ folder, touches: [thanks] })).toContain(
    'thanks/email.en.mjml: is missing',
  );
});

test.each(['push.en.liquid', 'letter.en.liquid', 'notes.md'])(
  'a file %s that no channel of the touch uses is refused',
  async (file) => {
    const source = copyOf('verification');
    writeFileSync(join(source.folder, 'verification', file), 'Thanks.');

    expect(await problemsOf(source)).toContain(
      `verification/${file}: is used by no channel of touch.ts, which has email, sms`,
    );
  },
);

test('a channel that is no longer declared leaves its templates over', async () => {
  const problems = await problemsOf(copyOf('verification', { channels: ['email'] }));

  expect(problems).toContain('sms.en.liquid: is used by no channel');
});

test('a compiled touch has a template for each of its channels and no other', async () => {
  const out = newFolder();

  await compileMessages(out, copyOf('out-for-delivery'));

  const compiled = JSON.parse(readFileSync(join(out, 'out-for-delivery', 'en.json'), 'utf8'));
  expect(Object.keys(compiled)).toEqual(['email', 'sms', 'push']);
  expect(compiled.push.title).toContain('should arrive today');
  expect(compiled.push.text).toContain('Order {{ order.id }}');
});

test('a message over the size that mailboxes show whole is refused', async () => {
  const source = changed('verification', 'email.en.mjml', (mjml) =>
    mjml.replace('Is this order yours?', 'Is this order yours? '.repeat(5000)),
  );

  expect(await problemsOf(source)).toMatch(
    /email\.en\.mjml: renders to \d+ bytes, allowed are 102000/,
  );
});
