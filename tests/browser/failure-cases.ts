import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { partner, sampleSession } from './sample-session.ts';
import { toldOn, type Visit, type Visited } from './shop.ts';
import type { Behaviour, StubApi } from './stub-api.ts';

type Open = (wanted?: Visit) => Promise<Visited>;
type Origins = () => { readonly api: string };

const says = (status: number, body: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

const filledCases = `[...document.querySelectorAll('[id^=case]')]
  .filter(({ hidden, shadowRoot, offsetHeight }) =>
    !hidden || offsetHeight > 0 || shadowRoot.childElementCount > 0)
  .map(({ id }) => id)`;

/** What is shown when something fails: nothing. */
export const failureCases = (open: Open, origins: Origins, behave: StubApi['behave']): void => {
  const session = (change: Parameters<typeof sampleSession>[1] = {}) =>
    sampleSession(origins().api, { sessionId: `failure-${Math.random()}`, ...change });

  /** An element each, on one page. */
  const failing = (): readonly (readonly [reason: string, attributes: string])[] => {
    const ready = session();
    const apiThat = (behaviour: Partial<Behaviour>): string => {
      const token = `failing-${Math.random()}`;
      behave(token, { session: ready, ...behaviour });
      return `api="${origins().api}" token="${token}"`;
    };
    const offers = [{ ...partner, href: 'javascript:alert(1)' }];
    return [
      ['network', 'api="http://127.0.0.1:9" token="any"'],
      ['network', apiThat({ open: (response) => void response.destroy() })],
      ['refused', apiThat({ open: says(500, '{}') })],
      ['refused', `api="${origins().api}" token="of-nobody"`],
      ['timeout', `${apiThat({ open: () => {} })} timeout="150"`],
      ['bad-answer', apiThat({ open: says(200, '<html>') })],
      ['bad-answer', apiThat({ open: says(200, '[]') })],
      ['bad-answer', apiThat({ open: says(200, '{"offers":[]}') })],
      ['no-offers', apiThat({ session: session({ offers: [] }) })],
      ['no-offers', apiThat({ session: session({ offers }) })],
      ['no-token', `api="${origins().api}"`],
      ['no-api', 'api="javascript:alert(1)" token="any"'],
    ];
  };

  describe.concurrent('nothing is shown, and the page is told why', () => {
    test('whatever fails', async () => {
      const cases = failing();
      const { page, errors } = await open({
        before: cases
          .map(([, attributes], at) => {
            return `<afterglow-confirmation id="case-${at}" ${attributes}></afterglow-confirmation>`;
          })
          .join(''),
      });

      await page.waitForFunction(`told.length > ${cases.length}`);
      const told = (await toldOn(page)).filter(({ id }) => id !== '');

      expect(
        told
          .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
          .map(({ name, detail }) => [name, detail['reason']]),
      ).toEqual(cases.map(([reason]) => ['afterglow-empty', reason]));
      expect(await page.evaluate(filledCases)).toEqual([]);
      // Of a connection that breaks, only the browser itself may complain.
      expect(errors.filter((error) => !error.includes('net::ERR_'))).toEqual([]);
      await page.close();
    });

    test('in a browser without fetch', async () => {
      const { page, known } = await open({ before: '<script>delete window.fetch</script>' });

      await page.waitForFunction('told.length > 0');

      expect(await toldOn(page)).toMatchObject([{ detail: { reason: 'unsupported' } }]);
      expect(known.opened).toBe(0);
      await page.close();
    });

    test('and nothing is asked for again of itself', async () => {
      const { page, known } = await open({ behaviour: { open: says(503, '{}') } });
      await page.waitForFunction('told.length > 0');

      await page.waitForTimeout(500);

      expect(known.opened).toBe(1);
      await page.close();
    });
  });

  describe.concurrent('an element that changes', () => {
    test('starts anew with another token, and ends what it had begun when it is taken away', async () => {
      const { page, known } = await open();
      await page.getByRole('region').waitFor();

      await page.evaluate(
        'document.querySelector("afterglow-confirmation").setAttribute("token", "of-nobody")',
      );
      await page.waitForFunction('told.length > 1');
      const afterChange = await page.getByRole('region').count();
      await page.evaluate('document.querySelector("afterglow-confirmation").remove()');
      await page.waitForTimeout(200);

      expect(afterChange).toBe(0);
      expect((await toldOn(page)).map(({ name }) => name)).toEqual([
        'afterglow-session',
        'afterglow-empty',
      ]);
      expect(known.opened).toBe(1);
      await page.close();
    });

    test('may be defined by two scripts', async () => {
      const { page, errors } = await open();
      await page.getByRole('region').waitFor();

      await page.evaluate('import(document.querySelector("script[integrity]").src + "?again")');

      expect(await page.getByRole('listitem').count()).toBe(3);
      expect(errors).toEqual([]);
      await page.close();
    });
  });
};
