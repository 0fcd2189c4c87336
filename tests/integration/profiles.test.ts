import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runProfiles } from '#rehearsal/profiles/run-profiles.ts';
import { calendarAsMarkdown } from '../../bin/audit/calendar.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

/** What a whole order may cost over all stages. */
const MOST_TRANSITIONS = 25;

const calendars = await runProfiles({
  assemblyDir: await assembly(),
  stateDir: temporaryFolder(),
});

const touchesOf = (profile: string): readonly string[] =>
  calendars
    .find((each) => each.profile === profile)
    ?.entries.map(({ day, touch }) => `${day} ${touch}`) ?? [];

describe('an order of each profile', () => {
  test.each(calendars.filter(({ profile }) => profile !== 'backordered'))(
    '$profile takes $transitions transitions over all stages',
    ({ transitions }) => {
      expect(transitions).toBeLessThanOrEqual(MOST_TRANSITIONS);
    },
  );

  test('of a machine and of its filters gets different journeys, with no rule for either', () => {
    const [machine, beans] = [touchesOf('complex'), touchesOf('consumable')];

    expect(machine).toContain('8 check-in');
    expect(machine.join()).toContain('warranty-registration');
    expect(machine.join()).not.toContain('replenishment');
    expect(beans.join()).toContain('replenishment');
    expect(beans.join()).not.toContain('check-in');
  });

  test('that is a gift teaches and reminds nobody', () => {
    expect(touchesOf('gift').join()).not.toMatch(/care-guide|check-in|review|warranty|replenish/);
  });

  test('asks the satisfied for more, and hands the dissatisfied over', () => {
    expect(touchesOf('considered, satisfied').join()).toMatch(/review-request.*referral/);
    expect(touchesOf('considered, dissatisfied').join()).toContain('support-hand-off');
    expect(touchesOf('considered, dissatisfied').join()).not.toMatch(/review-request|referral/);
  });

  test('writes at most once a day once it has arrived, but to answer who is not content', () => {
    for (const { entries } of calendars) {
      const later = entries
        .filter(({ day, touch }) => day > 6 && touch !== 'support-hand-off')
        .map(({ day }) => day);
      const most = Math.max(...later.map((day) => later.filter((each) => each === day).length));
      expect(most).toBeLessThanOrEqual(1);
    }
  });
});

test('the calendar in the documentation is the one that is rehearsed: npm run audit -- --write', () => {
  const page = readFileSync(new URL('../../docs/calendar.md', import.meta.url), 'utf8');

  expect(page).toContain(calendarAsMarkdown(calendars));
});
