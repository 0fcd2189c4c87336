/** WCAG 2.2, 1.4.3: text of normal size against its background. */
export const minimumContrast = 4.5;

/** Contrast ratio of two colours such as `#1a2b3c`, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export const contrastOf = (a: string, b: string): number => {
  const [darker = 0, lighter = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
};

/** The wanted text colour where it can be read on the background, or else black or white, whichever can. */
export const readableOn = (background: string, wanted: string): string => {
  if (contrastOf(background, wanted) >= minimumContrast) return wanted;
  return contrastOf(background, '#ffffff') >= contrastOf(background, '#000000')
    ? '#ffffff'
    : '#000000';
};

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminanceOf = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
