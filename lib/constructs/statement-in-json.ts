/** In one line and without comments: it stands in a text of JSON. @throws for what would have to be escaped there */
export const inJson = (sql: string): string => {
  const line = sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (/["\\]|\{%/.test(line))
    throw new Error(
      `a statement of a state machine has no quotation marks, backslashes or {%: ${line}`,
    );
  return line;
};
