import { expect, test } from 'vitest';
import { compiledMessages } from '#lib/messages/compile-messages.ts';
import { previewMessages } from '#lib/messages/preview/preview-messages.ts';
import { changed, copyOf, problemsOf } from './changed-messages.ts';

const question = "variant == 'question'";

test('a template that asks for a variant which its touch does not declare is refused', async () => {
  const source = changed('win-back', 'text.en.liquid', (text) =>
    text.replaceAll(question, "variant == 'qestion'"),
  );

  expect(await problemsOf(source)).toMatch(
    /win-back\/text\.en\.liquid:\d+: asks for the variant "qestion"; win-back declares question/,
  );
});

test('a variant that a language does not have is refused, in the language', async () => {
  const source = changed('win-back', 'email.de.mjml', (mjml) =>
    mjml.replaceAll(question, 'order.isGift'),
  );
  const without = {
    ...source,
    touches: source.touches.map((touch) => ({ ...touch, variants: ['question', 'story'] })),
  };

  expect(await problemsOf(without)).toMatch(
    /email\.de\.mjml: win-back declares the variant "story", and no template of this language asks for it/,
  );
});

test('a `case` asks for its variants too', async () => {
  const source = changed(
    'win-back',
    'text.en.liquid',
    (text) => `${text}{% case variant %}{% when 'story' %}Once.{% endcase %}`,
  );

  expect(await problemsOf(source)).toContain('asks for the variant "story"');
});

test('a touch without variants may not ask which it is', async () => {
  const source = changed('review-request', 'text.en.liquid', (text) => `${text}{{ variant }}`);

  expect(await problemsOf(source)).toContain('review-request declares none');
});

test.each([
  ['review-request', 'marketing and does not'],
  ['refund', 'transactional and does not'],
] as const)('an incentive is shown by a touch that declares it alone: %s', async (touch, what) => {
  const source = changed(touch, 'text.en.liquid', (text) => `${text}{{ incentive.code }}`);

  expect(await problemsOf(source)).toContain(what);
});

test('the preview shows each variant and the incentive, in every language', async () => {
  const messages = await previewMessages(copyOf('win-back'));

  const subjectOf = (sample: string, locale: string): string | undefined =>
    messages.find((each) => each.sample === sample && each.locale === locale)?.parts.email?.subject;
  expect(subjectOf('plain', 'en-GB')).toMatch(/^It has been a while/);
  expect(subjectOf('plain, question', 'en-GB')).toMatch(/^How is what you bought/);
  expect(subjectOf('plain, question', 'de-DE')).toMatch(/^Wie ist, was Sie/);
  const texts = messages.map(({ sample, parts }) => [sample, parts.email?.text ?? ''] as const);
  for (const [sample, text] of texts)
    expect(text.includes('SAMPLE-10')).toBe(sample.endsWith(', incentive'));
});

test('the templates of this repository have the variants that their touches declare', async () => {
  await expect(compiledMessages(copyOf('win-back'))).resolves.toHaveLength(2);
});
