/** Orders text by code unit, the same on every machine; UTC instants of one width come in order of time. */
export const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);
