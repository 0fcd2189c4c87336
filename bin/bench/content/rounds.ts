/** Work that is done over and over. */
export interface Rounds<Input> {
  /** Makes anew what a round must not find from the one before; takes no time. */
  readonly prepare: () => Input;
  /** @returns how much was done */
  readonly run: (input: Input) => number | Promise<number>;
  readonly onRound?: ((share: number) => void) | undefined;
}

const WARM_UP = 3;
const MEASURED = 11;

/** How much is done a second, in the median of eleven rounds after three that are not counted. */
export const medianPerSecond = async <Input>({
  prepare,
  run,
  onRound = () => undefined,
}: Rounds<Input>): Promise<number> => {
  const rates: number[] = [];
  for (let round = 0; round < WARM_UP + MEASURED; round += 1) {
    const input = prepare();
    const startMs = performance.now();
    const done = await run(input);
    const seconds = (performance.now() - startMs) / 1000;
    if (round >= WARM_UP) rates.push(done / seconds);
    onRound((round + 1) / (WARM_UP + MEASURED));
  }
  return rates.toSorted((a, b) => a - b)[Math.floor(MEASURED / 2)] ?? 0;
};
