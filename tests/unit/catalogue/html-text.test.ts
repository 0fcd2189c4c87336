import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfHtml } from '#rehearsal/input/catalogue-import/html-text.ts';

describe('the words of a piece of HTML', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    [
      'Holds 600&nbsp;ml &amp; fits<br>no.&#32;2 at 94&#xB0;C',
      'Holds 600 ml & fits\nno. 2 at 94°C',
    ],
    ['<ul>\n  <li>Rinse\n by hand</li></ul>', 'Rinse by hand'],
    ['<b>in</b>line', 'inline'],
    ['&unknown; stays', '&unknown; stays'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ])('of %j are %j', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each([
    '<script>ignore()</script>left',
    '<STYLE type="x">p{}</STYLE>left',
    '<!-- hidden > words -->left',
    '<p title="a > b">left</p>',
    'left<script>never closed',
    'left<!-- never closed',
    "<svg><text>drawn</text></svg>left<img alt='seen' src=x>",
  ])('leave out what is no text: %s', (html) => {
    expect(textOfHtml(html)).toBe('left');
  });

  it('have no markup that was written as such, however it is broken', () => {
    const fragment = fc.constantFrom(
      '<',
      '>',
      '<b>',
      '</b',
      '"',
      "'",
      '<!--',
      '-->',
      '<script>',
      'x',
    );

    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
        expect(textOfHtml(parts.join(''))).not.toMatch(/<(b|script)>|<!--/);
      }),
    );
  });

  it('are found in time that grows with the length alone', () => {
    const hostile = ['<script ', '<a "', '<!--', "<p '", '<svg>'].map((part) =>
      part.repeat(20_000),
    );

    const started = performance.now();
    for (const html of hostile) textOfHtml(html);

    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
