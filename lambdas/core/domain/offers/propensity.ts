import type { Contenders } from './contenders.ts';
import { allowedIn, fillUniformly, kindsOf } from './fill-uniformly.ts';
import { fillByScore, pageRoom, type PageRoom } from './page-room.ts';
import type { Draws } from './seeded-draws.ts';
import type { OfferRules } from './session-facts.ts';
import { topScores } from './top-scores.ts';

/** A draw of a contender's rate from its posterior. */
export const drawRate = ({ alpha, beta }: Contenders, contender: number, draws: Draws): number =>
  draws.beta(alpha[contender] ?? 1, beta[contender] ?? 1);

const REDRAWS = 200;

/** Draws of the many contenders that stand little chance: of 1,000 of them they are drawn anew 5 times. */
const BACKGROUND_DRAWS = 5_000;
const MIN_BACKGROUNDS = 5;

/** Contenders that each redraw draws anew, and of the others those that it sees. */
export const TOP = 20;

/** Pages that are filled to see what exploring would show: its share is small, and of the first place exact. */
const MOST_PAGES = 40;

/** Kinds of contenders that they look at: of 200 kinds and 3 places, 20 pages. */
const LOOKS = 12_000;

interface Decided {
  readonly placed: readonly number[];
  /** The best by their drawn scores. */
  readonly top: readonly number[];
  readonly isExploration: boolean;
}

/**
 * How likely the rule was to show each placed contender in its place: (1 − ε) × that of Thompson's draws
 * + ε × that of an exploring session. By Monte Carlo, on the generator that made the decision.
 *
 * Thompson's share is of 200 pages filled by new draws of the best 20 and of those placed. All others
 * are drawn anew for every page when they are few, and of 1,000 for every 40 pages: they hardly matter
 * one by one, but leaving them out would let 20 share what a thousand compete for, and would flatter
 * those whose first draw was a lucky one.
 *
 * When the session did not explore, its own page counts as one more, so that no propensity is 0 and
 * 1 / propensity is right on average: E[1 / (1 + X)] = (1 − (1 − p)^(n + 1)) / ((n + 1) p) for X ~ Bin(n, p)
 * (Chao & Strawderman, JASA 67, 1972). What that lacks to 1 / p, sessions that explore make up: there a
 * page that no redraw filled so weighs by exploring alone.
 *
 * @returns above 0, up to 1, in order of `placed`
 */
export const propensitiesOf = (
  contenders: Contenders,
  rules: OfferRules,
  draws: Draws,
  decided: Decided,
): readonly number[] => {
  const { explorationShare: share } = rules;
  if (decided.placed.length === 0) return [];
  const room = pageRoom(contenders, rules);
  const drawn = share < 1 ? drawnShares(contenders, rules, room, draws, decided) : [];
  const explored = share > 0 ? exploredShares(contenders, room, draws, decided) : [];
  return decided.placed.map(
    (_, place) => (1 - share) * (drawn[place] ?? 0) + share * (explored[place] ?? 0),
  );
};

const drawnShares = (
  contenders: Contenders,
  { floorMinor }: OfferRules,
  room: PageRoom,
  draws: Draws,
  { placed, top, isExploration }: Decided,
): readonly number[] => {
  const { valueMinor } = contenders;
  const scores = new Float64Array(valueMinor.length);
  const anew = new Set([...top, ...placed]);
  const hits = placed.map(() => 0);
  const backgrounds = backgroundsOf(scores.length - anew.size);
  let pool = Int32Array.from(anew);
  let due = 0;
  for (let redraw = 0; redraw < REDRAWS; redraw++) {
    if (redraw >= due) {
      due += REDRAWS / backgrounds;
      for (let each = 0; each < scores.length; each++)
        if (!anew.has(each))
          scores[each] = drawRate(contenders, each, draws) * (valueMinor[each] ?? 0);
      pool = Int32Array.from([...anew, ...topScores(scores, TOP, anew)]);
    }
    for (const each of anew)
      scores[each] = drawRate(contenders, each, draws) * (valueMinor[each] ?? 0);
    room.clear();
    fillByScore(room, pool, scores, floorMinor);
    countHits(hits, placed, room.placed);
  }
  return isExploration
    ? hits.map((count) => count / REDRAWS)
    : hits.map((count) => (count + 1) / (REDRAWS + 1));
};

/** How often the others are drawn: never when there are none, at most as often as pages are filled. */
const backgroundsOf = (others: number): number =>
  others === 0
    ? 1
    : Math.min(REDRAWS, Math.max(MIN_BACKGROUNDS, Math.floor(BACKGROUND_DRAWS / others)));

const countHits = (hits: number[], placed: readonly number[], redrawn: readonly number[]): void => {
  for (let place = 0; place < placed.length; place++)
    if (placed[place] === redrawn[place]) hits[place] = (hits[place] ?? 0) + 1;
};

/**
 * Of each page that exploring fills, the chance of the placed contender in its place given those before
 * it (1 / as many as are allowed), which is exact for the first place; over several pages. The decision's
 * own page is one of them when the session explored, so that none is 0.
 */
const exploredShares = (
  contenders: Contenders,
  room: PageRoom,
  draws: Draws,
  { placed, isExploration }: Decided,
): readonly number[] => {
  const kinds = kindsOf(contenders);
  const pages = Math.ceil(Math.min(MOST_PAGES, LOOKS / (kinds.members.length * placed.length)));
  const chances = placed.map(() => 0);
  const look = (allowed: number): void => {
    const place = room.placed.length;
    const wanted = placed[place];
    if (wanted !== undefined && !room.placed.includes(wanted) && room.fits(wanted))
      chances[place] = (chances[place] ?? 0) + 1 / allowed;
  };
  for (let page = 0; page < pages; page++) {
    room.clear();
    fillUniformly(room, kinds, draws.uniform, look);
  }
  if (!isExploration) return chances.map((chance) => chance / pages);
  room.clear();
  for (const each of placed) {
    look(allowedIn(room, kinds));
    room.take(each);
  }
  return chances.map((chance) => chance / (pages + 1));
};
