/** Elements that end a line of text. */
const blocks = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

/** Elements whose content is no text of the page, with it. An element that is never closed goes to the end. */
const HIDDEN =
  /<(script|style|template|noscript|iframe|svg|textarea)(?=[\s/>])[^<>]*>[\s\S]*?(?:<\/\1[^<>]*>|$)/gi;

/** Those that shops' texts are full of; another is left as it stands. */
const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    bull: '•',
    middot: '·',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    laquo: '«',
    raquo: '»',
    deg: '°',
    times: '×',
    frac12: '½',
    frac14: '¼',
    frac34: '¾',
    plusmn: '±',
    micro: 'µ',
    euro: '€',
    pound: '£',
    copy: '©',
    reg: '®',
    trade: '™',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    eacute: 'é',
    egrave: 'è',
    ecirc: 'ê',
    agrave: 'à',
    acirc: 'â',
    ccedil: 'ç',
    ntilde: 'ñ',
    shy: '',
    zwnj: '',
  }),
);

/** A comment, declaration or tag; an attribute's quoted value may have `>` in it. */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[!?][^>]*>?|<\/?[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>?/g;

/**
 * The words of a piece of HTML, a line a paragraph. Scripts, styles, comments and tags go, entities become
 * the characters they stand for.
 *
 * The result is text and is not safe as HTML: `&lt;b&gt;` becomes `<b>`. Whoever shows it escapes it.
 */
export const textOfHtml = (html: string): string =>
  tidied(
    decoded(
      html
        .replaceAll(/\s+/g, ' ')
        .replaceAll(HIDDEN, ' ')
        .replaceAll(MARKUP, (markup) => (blocks.has(nameOf(markup)) ? '\n' : '')),
    ),
  );

const nameOf = (markup: string): string =>
  /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(markup)?.[1]?.toLowerCase() ?? '';

const MAX_CODE_POINT = 0x10ffff;

const decoded = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}\d{0,2}));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return entities.get(name) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '';
    },
  );

const tidied = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
