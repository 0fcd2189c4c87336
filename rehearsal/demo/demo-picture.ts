import { sampleCatalogue } from '../input/sample-catalogue.ts';
import { seededRandom } from '../random.ts';

/**
 * A stand-in for the picture of a sample product: its initial on a colour of its own. The host of the sample shops'
 * pictures does not exist.
 *
 * @returns nothing for a product that no sample shop has
 */
export const demoPicture = (sku: string): string | undefined => {
  const product = sampleCatalogue.find((each) => each.sku.toLowerCase() === sku.toLowerCase());
  if (product === undefined) return undefined;
  const random = seededRandom(product.sku);
  const hue = Math.floor(random() * 360);
  const turn = Math.floor(random() * 90);
  const [initial = ''] = product.name;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="hsl(${hue} 28% 86%)"/><g fill="hsl(${hue} 30% 74%)" transform="rotate(${turn} 48 48)"><circle cx="30" cy="66" r="34"/></g><text x="48" y="62" text-anchor="middle" font-family="Georgia,serif" font-size="40" fill="hsl(${hue} 38% 26%)">${initial}</text></svg>`;
};
