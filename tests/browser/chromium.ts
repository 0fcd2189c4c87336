import { existsSync } from 'node:fs';

/** Where Debian and Ubuntu put it; `CHROMIUM` names another. */
const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const wanted = process.env['CHROMIUM'];

/** A browser of this machine; none is downloaded. */
export const chromiumPath = wanted || candidates.find((candidate) => existsSync(candidate));

/** `BROWSER_TESTS=required`, as the gate sets it: a machine without a browser is an error then. */
export const isBrowserRequired = process.env['BROWSER_TESTS'] === 'required';

export const noChromium = `no Chromium (${candidates.join(', ')}, or CHROMIUM=path): the browser tests are skipped`;

/** `SCREENSHOTS=folder` keeps the pictures that the tests take. */
export const screenshotFolder = process.env['SCREENSHOTS'];
