/** What the attributes of the element say. */
export interface Settings {
  /** Ends in a slash. */
  readonly api: URL;
  readonly orderToken: string;
  /** For the session to be answered. */
  readonly timeoutMs: number;
  /** 1 to 5: an offer's heading is one below it. */
  readonly headingLevel: number;
}

export type UnusableSettings = 'no-api' | 'no-token';

const DEFAULT_TIMEOUT_MS = 2_000;
const DEFAULT_HEADING_LEVEL = 2;

/**
 * Reads the attributes; a number that is none, or out of its range, is the default.
 *
 * @param base the page, so that `api` may be a path of the shop's own domain
 */
export const settingsOf = (
  attribute: (name: string) => string | null,
  base: string,
): Settings | UnusableSettings => {
  const api = apiBase(attribute('api')?.trim(), base);
  if (api === undefined) return 'no-api';
  const orderToken = attribute('token')?.trim();
  if (!orderToken) return 'no-token';
  return {
    api,
    orderToken,
    timeoutMs: whole(attribute('timeout'), 100, 30_000) ?? DEFAULT_TIMEOUT_MS,
    headingLevel: whole(attribute('heading-level'), 1, 5) ?? DEFAULT_HEADING_LEVEL,
  };
};

const apiBase = (text: string | undefined, base: string): URL | undefined => {
  const url = webAddress(text || undefined, base);
  return url && new URL(`${url.origin}${url.pathname.replace(/\/+$/, '')}/`);
};

const whole = (text: string | null, least: number, most: number): number | undefined => {
  const number = Number(text?.trim() || Number.NaN);
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
};

/** An address of http or https; any other could run as script, or is none. */
export const webAddress = (text: string | undefined, base?: string): URL | undefined => {
  if (text === undefined || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
};

/** A link of an offer: relative to the API and never beyond it. */
export const apiAddress = (href: string, api: URL): URL | undefined => {
  const url = webAddress(href.replace(/^\/+/, ''), api.href);
  return url?.origin === api.origin ? url : undefined;
};
