import { type ContactPolicy, covers } from '#core/domain/contact-policy/policy.ts';
import type {
  Experiments,
  Holdout,
  PlannedArm,
  TouchExperiment,
} from '#core/domain/experiments/experiment.ts';
import type { Touch } from '#core/domain/touches/touch.ts';

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

/**
 * Refuses experiments that no touch could carry out: that name one which there is not, or ask of one what it has not.
 *
 * @param touches all there are, by name
 * @throws naming the place, what it says and what there is
 */
export const assertExperiments = (
  { holdout, experiments }: Experiments,
  touches: Readonly<Record<string, Touch>>,
  policy: Pick<ContactPolicy, 'holdDays' | 'quietHours'>,
): void => {
  const problems = [
    ...(holdout === undefined ? [] : holdoutProblems(holdout, touches)),
    ...experiments.flatMap((each) => experimentProblems(each, touches, policy)),
  ];
  if (problems.length === 0) return;
  throw new Error(
    `afterglow.experiments.ts asks of touches what they have not:\n  ${problems.join('\n  ')}`,
  );
};

type Touches = Readonly<Record<string, Touch>>;

const unknown = (place: string, name: string, touches: Touches): string =>
  `${place}: got "${name}", expected some of ${Object.keys(touches).join(', ')}`;

const holdoutProblems = ({ also, except }: Holdout, touches: Touches): readonly string[] => [
  ...also.flatMap((name) => {
    const purpose = touches[name]?.purpose;
    if (purpose === undefined) return unknown('holdout.also', name, touches);
    return purpose === 'transactional'
      ? `holdout.also: got "${name}", expected no transaction: they always go`
      : [];
  }),
  ...except.flatMap((name) => (name in touches ? [] : unknown('holdout.except', name, touches))),
];

const experimentProblems = (
  experiment: TouchExperiment,
  touches: Touches,
  policy: Pick<ContactPolicy, 'holdDays' | 'quietHours'>,
): readonly string[] =>
  experiment.touches.flatMap((name) => {
    const touch = touches[name];
    if (touch === undefined) return unknown(`${experiment.key}.touches`, name, touches);
    return Object.entries(experiment.arms).flatMap(([arm, planned]) => {
      const problem = delayProblem(planned, touch, policy) ?? armProblem(planned, touch);
      return problem === undefined ? [] : `${experiment.key}.arms.${arm}: ${problem}`;
    });
  });

const HOURS_PER_DAY = 24;

const delayProblem = (
  { delayHours, atHour }: PlannedArm,
  { name, purpose, channels }: Touch,
  { holdDays, quietHours }: Pick<ContactPolicy, 'holdDays' | 'quietHours'>,
): string | undefined => {
  if (delayHours === undefined && atHour === undefined) return undefined;
  if (purpose === 'transactional')
    return `got a delay of ${name}, expected none: it is transactional and waits for no test`;
  // Quiet hours may add up to a day to it.
  const most = (holdDays[purpose] - 1) * HOURS_PER_DAY;
  if ((delayHours ?? HOURS_PER_DAY) > most)
    return `got ${delayHours ?? HOURS_PER_DAY} hours, expected ${most} at most: ${purpose} is dropped after ${holdDays[purpose]} days`;
  const quiet = quietHours.find(
    (rule) =>
      atHour !== undefined &&
      channels.some((channel) => covers({ ...rule, regions: undefined }, { purpose, channel })) &&
      isWithin(rule, atHour),
  );
  return quiet === undefined
    ? undefined
    : `got atHour ${atHour}, expected an hour outside the quiet ones of ${name}, ${quiet.from} to ${quiet.to}`;
};

const MINUTES_PER_HOUR = 60;

const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * MINUTES_PER_HOUR + Number(clock.slice(3));

/** Whether quiet hours, which may go over midnight, have some of the hour. */
const isWithin = (
  { from, to }: { readonly from: string; readonly to: string },
  hour: number,
): boolean => {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const [first, last] = [hour * MINUTES_PER_HOUR, (hour + 1) * MINUTES_PER_HOUR];
  return start < end ? last > start && first < end : last > start || first < end;
};

const armProblem = (
  { variant, first, incentive }: PlannedArm,
  { name, channels, variants = [], showsIncentive = false }: Touch,
): string | undefined => {
  if (variant !== undefined && !variants.includes(variant))
    return `got the variant "${variant}", expected one of ${name}: ${variants.join(', ') || 'it has none'}`;
  if (first !== undefined && !channels.includes(first))
    return `got "${first}", expected a channel of ${name}: ${channels.join(', ')}`;
  return incentive === undefined || showsIncentive
    ? undefined
    : `got an incentive, expected none: the templates of ${name} show none (showsIncentive)`;
};
