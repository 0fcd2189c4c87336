type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with its attributes and children; those that are undefined are left out. Text is text, never markup. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
};

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** The name of a heading's element, by its level from 1. */
export const heading = (level: number): (typeof headings)[number] => headings[level - 1] ?? 'h2';

/** Moves the focus to something that is no control, and leaves the page where it is scrolled to. */
export const focusOn = (target: HTMLElement): void => {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
};
