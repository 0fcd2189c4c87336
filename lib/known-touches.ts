import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';

/**
 * Refuses a policy that names a touch which there is not: it would be meant and have no effect.
 *
 * @param known names of all touches
 * @throws naming the place, what it says and what there is
 */
export const assertKnownTouches = (
  { priority, caps, suppression }: Pick<ContactPolicy, 'priority' | 'caps' | 'suppression'>,
  known: readonly string[],
): void => {
  const named = [
    ...priority.map((touch) => ['priority', touch] as const),
    ...caps.flatMap(({ except = [] }, index) =>
      except.map((touch) => [`caps.${index}.except`, touch] as const),
    ),
    ...suppression.flatMap(({ except = [] }, index) =>
      except.map((touch) => [`suppression.${index}.except`, touch] as const),
    ),
  ];
  const strays = named.filter(([, touch]) => !known.includes(touch));
  if (strays.length === 0) return;
  const problems = strays.map(([place, touch]) => `${place}: got "${touch}"`);
  throw new Error(
    `afterglow.policy.ts names touches that there are not:\n  ${problems.join('\n  ')}\nexpected some of ${known.join(', ')}`,
  );
};
