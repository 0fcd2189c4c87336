/** How far a rehearsal is, for its line of progress. */
export const reached = (nowMs: number, mails: number): string =>
  `${new Date(nowMs).toISOString().slice(0, 10)}  ${mails} e-mails`;
