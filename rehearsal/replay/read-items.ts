import * as z from 'zod';
import type { Item } from '../services/dynamodb.ts';
import { type Line, linesOf, UnusableArchive } from './lines-of.ts';

/** An item as DynamoDB exports it to S3, or as a rehearsal leaves it. */
const exported = z.object({ Item: z.record(z.string(), z.unknown()) });

/**
 * Every item of a table's export in DynamoDB JSON (the `data` folder or one of its files), or of a rehearsal's file.
 *
 * @throws {UnusableArchive} for a line that is no item
 */
export const readItems = async (path: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const line of linesOf(path)) items.push(itemOf(line));
  return items;
};

const itemOf = ({ file, number, text }: Line): Item => {
  try {
    const value: unknown = JSON.parse(text);
    const inner = exported.safeParse(value).success ? Object(value).Item : value;
    if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) return { ...inner };
  } catch (cause) {
    throw new UnusableArchive(`${file}:${number}: ${String(cause)}`, { cause });
  }
  throw new UnusableArchive(
    `${file}:${number}: expected a line { "Item": … } of an export in DynamoDB JSON`,
  );
};
