import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowedLink } from '#core/domain/messages/links.ts';
import { ownAddress } from '#core/domain/messages/message-links.ts';
import { mostHtmlBytes } from '#core/domain/messages/message-size.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';
import type { Touch } from '#core/domain/touches/touch.ts';
import type { RenderedEmail } from '#core/ports/message-renderer.ts';
import type { Problem, TemplateSource } from './message-source.ts';

interface LookingFor {
  readonly touch: Touch;
  readonly language: string;
  /** Of all touches. */
  readonly folder: string;
  readonly shop: ShopIdentity;
  readonly orderId: string;
}

type Files = Pick<TemplateSource['files'], 'email' | 'text'>;

/** What is said when the first is so. */
type Check = readonly [boolean, string];

/** What is wrong with an e-mail that a sample gave. */
export const emailProblems = (
  lookingFor: LookingFor,
  files: Files,
  email: RenderedEmail,
): readonly Problem[] => {
  const ofHtml = [...wholeness(lookingFor, email), ...markup(lookingFor.shop, email.html)];
  const ofText = textChecks(lookingFor, email.text);
  const ofPurpose = purposeChecks(lookingFor, email);
  return [
    ...wrong(files.email, [...ofHtml, ...ofPurpose.html]),
    ...wrong(files.text, [...ofText, ...ofPurpose.text]),
  ];
};

const wrong = (file: string, checks: readonly Check[]): readonly Problem[] =>
  checks.filter(([isWrong]) => isWrong).map(([, what]) => ({ file, what }));

const leftovers = /\{\{|\{%|\[\[|\[%|\bundefined\b|\[object |\bNaN\b|Invalid Date/;

/** What rendering should not have left in a message. */
export const leftoverCheck = (text: string): Check => [
  leftovers.test(text),
  `renders with a leftover: ${leftovers.exec(text)?.[0]}`,
];

const wholeness = ({ shop }: LookingFor, { subject, html }: RenderedEmail): readonly Check[] => {
  const bytes = Buffer.byteLength(html);
  return [
    [subject === '', 'has an empty subject'],
    [lacksAddress(shop, html), 'lacks the postal address: include the footer'],
    [bytes > mostHtmlBytes, `renders to ${bytes} bytes, allowed are ${mostHtmlBytes}`],
    leftoverCheck(`${subject}\n${html}`),
  ];
};

const textChecks = ({ shop }: LookingFor, text: string): readonly Check[] => [
  [text.trim() === '', 'is empty: every e-mail has a plain-text part'],
  [lacksAddress(shop, text), 'lacks the postal address: include the footer'],
  leftoverCheck(text),
  ...linkChecks(shop, linksIn(text)),
];

const lacksAddress = ({ legal: { entity, address } }: ShopIdentity, part: string): boolean =>
  [entity, ...address].some((line) => !unescaped(part).includes(line));

const unescaped = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&#34;|&quot;/g, '"')
    .replaceAll(/&#39;|&apos;/g, "'")
    .replaceAll('&amp;', '&');

const markup = (shop: ShopIdentity, html: string): readonly Check[] => {
  const noAlt = (html.match(/<img\b[^>]*>/g) ?? []).find(
    (image) => !/\salt(=|\s|\/|>)/.test(image),
  );
  const external = /<script\b|<link\b[^>]*stylesheet|@import\b|url\(\s*['"]?(?:https?:)?\/\//i;
  const links = [...html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, link = '']) =>
    unescaped(link),
  );
  return [
    [noAlt !== undefined, `has a picture without alt: ${noAlt}`],
    [external.test(html), `loads a style or a script: ${external.exec(html)?.[0]}`],
    ...linkChecks(shop, links),
  ];
};

/** Web addresses in a text. */
export const linksIn = (text: string): readonly string[] =>
  text.match(/\bhttps?:\/\/[^\s)]+/gi) ?? [];

export const linkChecks = (shop: ShopIdentity, links: readonly string[]): readonly Check[] => {
  const strange = links.find((link) => !isAllowedLink(shop, targetOf(shop, link)));
  return [
    [
      strange !== undefined,
      `links to ${strange}: expected https, on a host that the shop vouches for`,
    ],
  ];
};

/** Where a link leads in the end; our own pages lead to the shop. */
const targetOf = (shop: ShopIdentity, link: string): string => {
  const url = URL.parse(link);
  if (url === null || !link.startsWith(ownAddress(shop, '/'))) return link;
  const path = link.slice(ownAddress(shop, '').length).replace(/\?.*$/, '');
  if (path === '/c') return url.searchParams.get('u') ?? link;
  return ownPaths.test(path) ? shop.website : link;
};

const ownPaths = /^\/(survey|preferences|unsubscribe|consent|s\/[\w-]+)$/;

interface PurposeChecks {
  readonly html: readonly Check[];
  readonly text: readonly Check[];
}

const purposeChecks = (lookingFor: LookingFor, email: RenderedEmail): PurposeChecks => {
  switch (lookingFor.touch.purpose) {
    case 'marketing':
      return marketingChecks(lookingFor, email);
    case 'transactional':
      return transactionalChecks(lookingFor, email);
    case 'service':
      return { html: [], text: [] };
  }
};

const marketingChecks = (
  { folder, language, shop }: LookingFor,
  { html, text }: RenderedEmail,
): PurposeChecks => {
  const reason = marketingReason(folder, language);
  const checks = (part: string): readonly Check[] => [
    [
      !part.includes(ownAddress(shop, '/unsubscribe')),
      'is marketing and lacks the unsubscribe link',
    ],
    [
      reason === '' || !part.includes(reason),
      `is marketing and does not say why the customer gets it: include footer-marketing.${language}`,
    ],
  ];
  return { html: checks(unescaped(html)), text: checks(text) };
};

/** The marketing footer's own words up to the shop's name: what it says of why. */
const marketingReason = (folder: string, language: string): string => {
  const footer = join(folder, 'design', `footer-marketing.${language}.liquid`);
  const words = existsSync(footer) ? readFileSync(footer, 'utf8') : '';
  return /^(?!--)(.+?)\s*\{\{ shop\.name/m.exec(words)?.[1] ?? '';
};

/** A transaction is named in the subject, and in what stands before anything that can be followed. */
const transactionalChecks = (
  { orderId, shop }: LookingFor,
  { subject, html, text }: RenderedEmail,
): PurposeChecks => {
  const body = html.slice(html.indexOf('<h1'));
  const checks = (part: string, firstLink: number): readonly Check[] => [
    [
      !part.slice(0, Math.max(0, firstLink)).includes(orderId),
      'is transactional and leads elsewhere before it names the order',
    ],
    [
      part.includes(ownAddress(shop, '/unsubscribe')),
      'is transactional and can be unsubscribed from',
    ],
  ];
  return {
    html: [
      [
        !subject.includes(orderId),
        'is transactional and has a subject that does not name the order',
      ],
      ...checks(body, body.search(/<a\b/)),
    ],
    text: checks(text, text.search(/https?:/)),
  };
};
