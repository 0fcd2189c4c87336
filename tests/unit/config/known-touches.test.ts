import { expect, test } from 'vitest';
import config from '#config';
import { assertKnownTouches } from '#lib/known-touches.ts';
import { touches } from '#touches/registry.ts';

const known = Object.keys(touches);

test('the deployed policy names touches that there are', () => {
  expect(() => assertKnownTouches(config.policy, known)).not.toThrow();
});

test('a policy that names others is refused with the place and the name', () => {
  const { priority, caps, suppression } = config.policy;
  const [first] = suppression;
  if (first === undefined) throw new Error('the sample policy has suppression rules');

  expect(() =>
    assertKnownTouches(
      {
        caps,
        priority: [...priority, 'care-gide'],
        suppression: [{ ...first, except: ['hand-of'] }],
      },
      known,
    ),
  ).toThrow(/priority: got "care-gide"\n {2}suppression\.0\.except: got "hand-of"\nexpected/);
});
