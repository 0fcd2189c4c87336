import { contrastOf, readableOn } from '#core/domain/messages/contrast.ts';
import type { ShopIdentity } from '#core/domain/messages/shop-identity.ts';

type Brand = Pick<ShopIdentity['brand'], 'primary' | 'onPrimary'>;

const SURFACES = { light: '#ffffff', dark: '#191715' } as const;

/** WCAG 2.2, 1.4.11: a control against what is beside it. */
const LEAST_CONTRAST = 3;

/** On a dark page the brand's colour gives way where it could not be told from the page. */
const accentOn = (surface: string, { primary }: Brand): string =>
  contrastOf(surface, primary) >= LEAST_CONTRAST ? primary : '#e9e2da';

/** The style sheet of a sample shop's page. Shops that look alike would show nothing of how the component takes on a look. */
export const demoStyle = (shop: string, brand: Brand): string => {
  const dark = accentOn(SURFACES.dark, brand);
  const fonts = shop === 'hearth' ? serif : sans;
  return `:root{color-scheme:light dark;--primary:${brand.primary};--on-primary:${readableOn(brand.primary, brand.onPrimary)};
--accent:${brand.primary};--on-accent:${readableOn(brand.primary, brand.onPrimary)};--surface:${SURFACES.light};${light}${fonts}}
@media (prefers-color-scheme:dark){:root{--accent:${dark};--on-accent:${readableOn(dark, '#191715')};--surface:${SURFACES.dark};${darkColours}}}
${rules}`;
};

const serif = `--body:Georgia,'Iowan Old Style','Times New Roman',serif;--radius:4px;`;
const sans = `--body:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;--radius:14px;`;
const light = '--page:#f6f4f1;--text:#221f1c;--muted:#5f5851;--rule:#e2dcd4;--good:#17643a;';
const darkColours = '--page:#100f0e;--text:#f2eeea;--muted:#b5aca3;--rule:#38332e;--good:#86d9a8;';

const rules = `*{box-sizing:border-box}
body{background:var(--page);color:var(--text);font:17px/1.55 var(--body);margin:0;overflow-wrap:anywhere}
a{color:inherit;text-underline-offset:.2em}
a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
header{background:var(--primary);color:var(--on-primary)}
header p,main,.demo{margin:0 auto;max-width:720px;padding:20px 24px}
header p{font-size:21px;letter-spacing:.02em}
main{padding-block:44px 56px}
h1{font-size:clamp(30px,6vw,44px);font-weight:600;letter-spacing:-.02em;line-height:1.12;margin:0 0 14px}
h2{font-size:21px;font-weight:600;margin:36px 0 12px}
p{margin:0 0 14px}
.muted{color:var(--muted)}
.order{background:var(--surface);border:1px solid var(--rule);border-radius:var(--radius);margin:32px 0 48px;padding:8px 24px 20px}
.order h2{color:var(--muted);font-size:15px;font-weight:400;letter-spacing:.02em;margin:14px 0 4px}
.lines,.orders{list-style:none;margin:0;padding:0}
.lines li{align-items:center;border-top:1px solid var(--rule);display:grid;gap:4px 18px;grid-template-columns:64px 1fr auto;padding:14px 0}
.lines img{border-radius:calc(var(--radius)/2);display:block;height:64px;width:64px}
.lines small{color:var(--muted);display:block;font-size:15px}
.lines small.added{color:var(--good)}
.amount{font-variant-numeric:tabular-nums;text-align:end;white-space:nowrap}
dl{border-top:1px solid var(--rule);display:grid;gap:4px 24px;grid-template-columns:1fr auto;margin:0;padding-top:14px}
dt{color:var(--muted)}
dd{font-variant-numeric:tabular-nums;margin:0;text-align:end}
dl .total{color:var(--text);font-size:20px;font-weight:600;margin-top:6px}
.orders li{border-top:1px solid var(--rule);padding:12px 0}
.new{background:var(--accent);border-radius:var(--radius);color:var(--on-accent);display:inline-block;font-weight:600;padding:11px 22px;text-decoration:none}
.demo{border-top:1px solid var(--rule);color:var(--muted);font:15px/1.6 system-ui,sans-serif}
.demo a{margin-inline-end:14px;white-space:nowrap}
.demo [aria-current]{color:var(--text);font-weight:600;text-decoration:none}
afterglow-confirmation{--afterglow-accent:var(--accent);--afterglow-on-accent:var(--on-accent);--afterglow-surface:var(--surface);--afterglow-text:var(--text);--afterglow-muted:var(--muted);--afterglow-line:var(--rule);--afterglow-radius:var(--radius);--afterglow-good:var(--good)}
@media (max-width:480px){main,header p,.demo{padding-inline:16px}.order{padding-inline:16px}.lines li{gap:4px 12px;grid-template-columns:52px 1fr auto}.lines img{height:52px;width:52px}}`;
