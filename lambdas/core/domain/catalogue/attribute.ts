/** What an attribute is about; checks hold texts to some of them more strictly than to others. */
export const attributeTypes = [
  'material',
  'dimensions',
  'weight',
  'capacity',
  'power',
  'temperature',
  'care',
  'contents',
  'ingredients',
  'allergens',
  'compatibility',
  'warning',
  'use',
  'storage',
  'troubleshooting',
  'feature',
  'origin',
  'certification',
  'age',
  'description',
] as const;

export type AttributeType = (typeof attributeTypes)[number];

/**
 * A statement of a product that the shop vouches for and that texts may cite by its id. Its words are data
 * from another system: they are quoted, never obeyed.
 */
export interface ProductAttribute {
  /** Unique within the product, such as `material` or `warning.heat`. */
  readonly id: string;
  readonly type: AttributeType;
  /** The statement by language, such as `{ en: 'Wash at 30 °C', de: 'Bei 30 °C waschen' }`; at least one. */
  readonly text: Readonly<Record<string, string>>;
}
