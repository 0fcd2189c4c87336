import { describe, expect, test } from 'vitest';
import { effectsOf, noEffects, said, tokenOf, visiting } from './visiting.ts';

describe('the survey', () => {
  test('chooses the score of the link, which counts only when it is sent', async () => {
    const visit = visiting();

    const { body } = await visit.ask(`/survey?t=${await tokenOf()}&score=4`);

    expect(body).toMatch(/value="4" required checked>4/);
    expect(body.match(/ checked/g)).toHaveLength(1);
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('tells the answer with its comment, once within the hour', async () => {
    const visit = visiting();
    const address = `/survey?t=${await tokenOf()}`;
    const form = 'score=2&comment=%20Too+late%0D%0Aand+broken%20';

    const { body } = await visit.ask(address, { form });
    await visit.ask(address, { form });

    expect(visit.told[0]?.detail).toMatchObject({
      orderId: '100482',
      survey: 'csat',
      score: 2,
      comment: 'Too late\nand broken',
    });
    expect(new Set(visit.told.map(({ detail }) => detail.eventId)).size).toBe(1);
    expect(await visit.heard()).toHaveProperty('answered');
    expect(body).toContain('Thank you');
  });

  test('answered otherwise, or later, is another event', async () => {
    const visit = visiting();
    const address = `/survey?t=${await tokenOf()}`;

    await visit.ask(address, { form: 'score=2' });
    await visit.ask(address, { form: 'score=5' });
    await visit.ask(address, { form: 'score=5&comment=x' });
    visit.clock.now = '2026-11-22T14:00:00.000Z';
    await visit.ask(address, { form: 'score=2' });

    expect(new Set(visit.told.map(({ detail }) => detail.eventId)).size).toBe(4);
  });

  test.each([
    ['csat', 'score=0', 'Please choose a number'],
    ['csat', 'score=6', 'Please choose a number'],
    ['csat', 'score=3.0', 'Please choose a number'],
    ['csat', '', 'Please choose a number'],
    ['nps', 'score=11', 'Please choose a number'],
    ['nps', `score=0&comment=${'x'.repeat(2001)}`, '2,000 characters'],
  ] as const)('%s does not take %s, and keeps what was written', async (survey, form, problem) => {
    const visit = visiting({ survey });

    const answer = await visit.ask(`/survey?t=${await tokenOf()}`, { form });

    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(problem);
    expect(answer.body).toContain(new URLSearchParams(form).get('comment') ?? '</textarea>');
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('shows what was written as text', async () => {
    const comment = '</textarea><script>alert(1)</script>';
    const visit = visiting({ shopName: '<b onload=x>&"\'' });

    const { body } = await visit.ask(`/survey?t=${await tokenOf()}`, {
      form: new URLSearchParams({ comment }).toString(),
    });

    expect(body).not.toMatch(/<script|<b onload/);
    expect(body).toContain('&lt;/textarea&gt;&lt;script&gt;');
    expect(body).toContain('alt="&lt;b onload=x&gt;&amp;&quot;&#39;"');
  });
});

describe('confirming consent', () => {
  test('grants it, confirmed, and once', async () => {
    const visit = visiting({ consents: [said({ confirmed: false })] });
    const address = `/consent?t=${await tokenOf()}&c=email`;

    const { body } = await visit.ask(address, { form: 'c=email' });
    await visit.ask(address, { form: 'c=email' });

    expect(visit.told[0]?.detail).toMatchObject({
      purpose: 'marketing',
      channel: 'email',
      state: 'granted',
      basis: 'consent',
      confirmed: true,
      source: 'double-opt-in',
    });
    expect(new Set(visit.told.map(({ detail }) => detail.eventId)).size).toBe(1);
    expect(body).toContain('You have confirmed');
  });

  test('that is confirmed already tells nothing', async () => {
    const visit = visiting();

    const { statusCode } = await visit.ask(`/consent?t=${await tokenOf()}`, { form: 'c=email' });

    expect(statusCode).toBe(200);
    expect(visit.told).toEqual([]);
  });

  test('is not possible for another channel than that which brought the link', async () => {
    const visit = visiting({ consents: [] });
    const bySms = await tokenOf({ channel: 'sms' });

    const answers = await Promise.all([
      visit.ask(`/consent?t=${await tokenOf()}`, { form: 'c=sms' }),
      visit.ask(`/consent?t=${bySms}&c=email`),
      visit.ask(`/consent?t=${bySms}`, { form: 'c=email' }),
    ]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
    expect(visit.told).toEqual([]);
  });
});
