/** Hosts of the sample shops' pictures, which do not exist. */
const PICTURES = /https:\/\/static\.\w+\.example\/products\/([\w-]+)\.jpg/g;

const LOGOS = /https:\/\/static\.(\w)\w*\.example\/logo\.png/g;

/** A ring with the shop's initial, as wide as a logo is high. */
const logoOf = (initial: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#fff" stroke="#999"/><text x="20" y="27" text-anchor="middle" font-family="Georgia,serif" font-size="20">${initial.toUpperCase()}</text></svg>`,
  )}`;

export interface MailPlace {
  /** `http://127.0.0.1:4080` */
  readonly origin: string;
  /** Names under which messages link to what this site answers. */
  readonly hosts: readonly string[];
}

/**
 * An e-mail for a frame of its own: no script, nothing from elsewhere. Its links to our pages lead to this site, and open
 * beside it.
 */
export const mailPage = (html: string, { origin, hosts }: MailPlace): string => {
  const linked = hosts.reduce((text, host) => text.replaceAll(`https://${host}`, origin), html);
  const pictured = linked.replaceAll(
    PICTURES,
    (_, sku: string) => `${origin}/demo/pictures/${sku}.svg`,
  );
  return pictured
    .replaceAll(LOGOS, (_, initial: string) => logoOf(initial))
    .replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
};

/** Of the frame's document; `sandbox` holds for whoever opens it by itself too. */
export const mailPolicy = (origin: string): string =>
  [
    "default-src 'none'",
    `img-src ${origin} data:`,
    "style-src 'unsafe-inline'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
