/** True the first time it is asked: a service that is away for one call. */
export const breaksOnce = (): (() => boolean) => {
  let isBroken = true;
  return () => {
    const was = isBroken;
    isBroken = false;
    return was;
  };
};
