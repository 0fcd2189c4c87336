import type { SessionAnswer } from '#core/contracts/session-api.ts';
import { element, focusOn, heading } from './dom.ts';
import { webAddress } from './settings.ts';

/** What stands around the offers. */
export interface ConfirmationFrame {
  readonly section: HTMLElement;
  readonly list: HTMLElement;
  /** Tells those who do not see the page. */
  announce(words: string): void;
  focus(): void;
  /** The last offer is gone: what else there is stays, or nothing. Says which. */
  withoutOffers(): 'guides' | 'nothing';
}

/** The region: heading, list, guides, and what is asked for later, which the shop may say itself. */
export const confirmationFrame = (
  { words, locale, guides, prompts }: SessionAnswer,
  headingLevel: number,
): ConfirmationFrame => {
  const title = element(
    heading(headingLevel),
    { id: 'title', part: 'heading', class: 'heading' },
    element('slot', { name: 'heading' }, words.heading),
  );
  const list = element('ul', { role: 'list', part: 'offers', class: 'offers' });
  const guideList = guidesOf(guides);
  const asked = [slot('review', prompts.review), slot('nps', prompts.nps)];
  // It has to be there before it says something, or else nobody is told.
  const live = element('div', { role: 'status', class: 'unseen' });
  const section = element(
    'section',
    { part: 'section', class: 'section', 'aria-labelledby': 'title', lang: locale || undefined },
    title,
    list,
    guideList,
    ...asked,
    live,
  );
  return {
    section,
    list,
    announce: (told) => live.replaceChildren(element('p', {}, told)),
    focus: () => focusOn(title),
    withoutOffers: () => {
      list.remove();
      if (guideList !== undefined) return 'guides';
      title.classList.add('unseen');
      for (const each of asked) each.remove();
      return 'nothing';
    },
  };
};

const guidesOf = (guides: SessionAnswer['guides']): HTMLElement | undefined => {
  const links = guides.flatMap(({ name, url }) => {
    const address = webAddress(url);
    if (address === undefined) return [];
    const link = element('a', { part: 'guide', class: 'guide', href: address.href }, name);
    return [element('li', {}, link)];
  });
  return links.length === 0
    ? undefined
    : element('ul', { role: 'list', part: 'guides', class: 'guides' }, ...links);
};

const slot = (name: string, prompt: string | undefined): HTMLElement =>
  element(
    'slot',
    { name },
    prompt && element('p', { part: `prompt prompt-${name}`, class: 'prompt' }, prompt),
  );
