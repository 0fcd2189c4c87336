import { describe, expect, test } from 'vitest';
import policy from '../../../afterglow.policy.ts';
import config from '#config';
import { contactPolicy, type definePolicy } from '#core/contracts/policy-config.ts';
import { allPurposes } from '#core/domain/touches/touch.ts';
import { touches } from '#touches/registry.ts';

type Policy = Parameters<typeof definePolicy>[0];

/** Path and message of each problem of the repository’s own policy with these changes. */
const problemsOf = (change: Partial<Policy>): readonly string[] => {
  const parsed = contactPolicy.safeParse({ ...policy, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

const [cap] = policy.caps;
if (cap === undefined) throw new Error('the policy has no cap');

describe('the policy of this repository', () => {
  test('is taken as it is', () => {
    expect(contactPolicy.parse(policy)).toEqual(policy);
    expect(config.policy).toEqual(policy);
  });

  test('ranks and exempts only touches that there are, and each once', () => {
    const names = Object.keys(touches);
    const exempt = policy.suppression.flatMap(({ except = [] }) => except);

    expect([...policy.priority, ...exempt].filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(policy.priority).size).toBe(policy.priority.length);
  });

  test('caps nothing that a transaction needs', () => {
    const limited = policy.caps.map(({ limits }) => limits.purposes ?? allPurposes);

    expect(limited.flat()).not.toContain('transactional');
  });
});

describe('a policy', () => {
  test('names only regions that it has', () => {
    const rule = { regions: ['europe', 'atlantis'], from: '20:00', to: '08:00' };

    expect(problemsOf({ quietHours: [rule] })).toEqual([
      expect.stringMatching(/^quietHours\.0\.regions: one of the regions .*, not atlantis$/),
    ]);
  });

  test('leaves no purpose on no channel without a rule of consent, whatever the country', () => {
    const consent = policy.consent.filter(({ purposes }) => !purposes?.includes('service'));

    expect(problemsOf({ consent }).map((problem) => problem.split(':')[1])).toEqual(
      ['email', 'sms', 'push', 'inbox', 'audience'].map(
        (channel) => ` a rule without regions for service by ${channel}`,
      ),
    );
  });

  test('tells its caps apart by name', () => {
    expect(problemsOf({ caps: [cap, cap] })).toEqual(['caps.1.name: a name of its own']);
  });

  test.each<[string, Partial<Policy>, string]>([
    ['a time of day', { quietHours: [{ from: '9 pm', to: '08:00' }] }, 'quietHours.0.from'],
    [
      'a day of the year',
      { quietHours: [{ from: '20:00', to: '08:00', wholeDates: ['13-01'] }] },
      'quietHours.0.wholeDates.0',
    ],
    ['a cap of at least one', { caps: [{ ...cap, max: 0 }] }, 'caps.0.max'],
    ['a country', { regions: { ...policy.regions, here: ['Germany'] } }, 'regions.here.0'],
    ['patience', { patienceHours: { transactional: 0, service: -1, marketing: 1 } }, 'patience'],
  ])('needs %s that can be read', (_, change, path) => {
    const problems = problemsOf(change);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(path);
  });

  test('is quiet on six days of the week at most', () => {
    const wholeDays = [
      'monday',
      'tuesday',
      'wednesday',
      'thursday',
      'friday',
      'saturday',
      'sunday',
    ] as const;

    expect(
      problemsOf({ quietHours: [{ from: '20:00', to: '08:00', wholeDays: [...wholeDays] }] }),
    ).toEqual(['quietHours.0.wholeDays: at most six: some day has to be open']);
  });
});
