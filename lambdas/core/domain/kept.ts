/** More names than this come from nobody who means well: what is kept is bounded. */
const MOST_KEPT = 500;

/** Keeps what takes longer to make than to use, by the text that it is made of. Nothing else may decide what is made. */
export const kept = <Made>(make: (of: string) => Made): ((of: string) => Made) => {
  const known = new Map<string, Made>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    if (known.size >= MOST_KEPT) known.clear();
    const made = make(of);
    known.set(of, made);
    return made;
  };
};
