/** Hosts of the sample shops' pictures, which do not exist. */
const PICTURES = /https:\/\/static\.\w+\.example\/products\/([\w-]+)\.jpg/g;

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
  return pictured.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
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
