/** Gmail cuts a message off at 102 KB of HTML, footer and all. */
export const mostHtmlBytes = 102_000;

/**
 * How many lines of one list a message shows: 50 rows of ordinary length take about 60 KB, of which
 * the notices with two lists have the most. The smaller numbers are for rows that are extraordinary.
 */
export const linesShownAtMost = [50, 20, 5] as const;

/** A card in the parcel has room for a handful of things. */
export const linesShownOnCard = 5;
