/** Waits until so many more units may be sent without overtaking the provider's rate. */
export type Pace = (units: number) => Promise<void>;
