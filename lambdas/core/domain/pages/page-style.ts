import { contrastOf, readableOn } from '../messages/contrast.ts';
import type { ShopIdentity } from '../messages/shop-identity.ts';

/** WCAG 2.2, 1.4.11: parts of a control against what is beside them. */
const minimumPartContrast = 3;

const light = {
  page: '#f3f3f5',
  card: '#ffffff',
  text: '#1c1c1f',
  muted: '#57575c',
  line: '#76767d',
  rule: '#dedee3',
};
const dark = {
  page: '#101012',
  card: '#1d1d20',
  text: '#f3f3f5',
  muted: '#b9b9c1',
  line: '#8b8b94',
  rule: '#3d3d43',
};

type Scheme = typeof light;

/** Every colour pair of the pages: what stands on what, and which contrast it has to have. */
export const colourPairs = (brand: ShopIdentity['brand']) =>
  [light, dark].flatMap((scheme) => [
    { text: scheme.text, background: scheme.card, least: 4.5 },
    { text: scheme.text, background: scheme.page, least: 4.5 },
    { text: scheme.muted, background: scheme.card, least: 4.5 },
    { text: scheme.muted, background: scheme.page, least: 4.5 },
    { text: scheme.line, background: scheme.card, least: minimumPartContrast },
    { text: accentOn(scheme, brand), background: scheme.card, least: minimumPartContrast },
    { text: readableOn(brand.primary, brand.onPrimary), background: brand.primary, least: 4.5 },
  ]);

/** The brand's colour where it can be told from the card, or else the text's. */
const accentOn = ({ card, text }: Scheme, { primary }: ShopIdentity['brand']): string =>
  contrastOf(primary, card) >= minimumPartContrast ? primary : text;

const colours = (scheme: Scheme, brand: ShopIdentity['brand']): string =>
  [
    ...Object.entries(scheme),
    ['accent', accentOn(scheme, brand)],
    ['primary', brand.primary],
    ['on-primary', readableOn(brand.primary, brand.onPrimary)],
  ]
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** A shop's design without its name: where none is known. */
export const noBrand: ShopIdentity['brand'] = {
  logoUrl: '',
  primary: '#33333a',
  onPrimary: '#ffffff',
};

/** The whole style of a page; nothing of it comes from outside but colours that the configuration has checked. */
export const pageStyle = (brand: ShopIdentity['brand']): string =>
  `:root{color-scheme:light dark;${colours(light, brand)}}
@media (prefers-color-scheme:dark){:root{${colours(dark, brand)}}}
${rules}`;

const rules = `*{box-sizing:border-box}
body{background:var(--page);color:var(--text);font:17px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif;margin:0;overflow-wrap:anywhere}
header{background:var(--primary);padding:18px 24px}
header a{color:var(--on-primary);display:block;font-size:20px;font-weight:bold;margin:0 auto;max-width:592px;text-decoration:none}
header img{color:var(--on-primary);display:block;height:40px;line-height:40px;max-width:100%}
main{background:var(--card);margin:0 auto;max-width:640px;padding:32px 24px}
h1{font-size:26px;line-height:34px;margin:0 0 16px}
h2,legend{font-size:19px;font-weight:bold;line-height:26px;padding:0}
h2{margin:32px 0 4px}
p{margin:0 0 16px}
fieldset{border:0;margin:0 0 28px;min-width:0;padding:0}
a{color:inherit}
.muted{color:var(--muted);font-size:15px}
.told{border-left:4px solid var(--accent);margin:0 0 24px;padding:4px 0 4px 16px}
.told p{margin:0}
button,.button{background:var(--primary);border:2px solid var(--primary);border-radius:6px;color:var(--on-primary);cursor:pointer;display:inline-block;font:inherit;font-weight:bold;min-height:48px;padding:9px 24px;text-decoration:none}
input{accent-color:var(--accent);height:22px;margin:0;width:22px}
textarea{background:var(--card);border:1px solid var(--line);border-radius:6px;color:inherit;display:block;font:inherit;margin:6px 0 24px;min-height:120px;padding:10px 12px;width:100%}
.choice{align-items:center;border-top:1px solid var(--rule);display:flex;gap:14px;min-height:52px;padding:10px 0}
.choice:last-of-type{border-bottom:1px solid var(--rule)}
.choice small{color:var(--muted);display:block;font-size:15px}
.choice input{flex:none}
.scale{display:grid;gap:6px;grid-template-columns:repeat(auto-fill,minmax(40px,1fr));margin:12px 0 6px}
.scale label{align-items:center;border:1px solid var(--line);border-radius:6px;display:flex;flex-direction:column;font-weight:bold;gap:6px;min-height:68px;padding:10px 0 8px}
.scale label:has(:checked){outline:3px solid var(--accent);outline-offset:-1px}
a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,.scale label:has(:focus-visible){outline:3px solid var(--text);outline-offset:2px}
header a:focus-visible{outline-color:var(--on-primary)}
footer{color:var(--muted);font-size:14px;line-height:21px;margin:0 auto;max-width:640px;padding:24px}
footer p{margin:0 0 12px}
@media (prefers-color-scheme:dark){button,.button{border-color:var(--line)}}`;
