import { stderr } from 'node:process';

/** Shows how far long work is: one line that changes in a terminal, a line each tenth elsewhere. */
export const progressOf = (label: (share: number) => string): ((share: number) => void) => {
  let shown = -1;
  return (share) => {
    const step = Math.floor(share * (stderr.isTTY ? 200 : 10));
    if (step === shown) return;
    shown = step;
    const line = `${bar(share)} ${label(share)}`;
    if (!stderr.isTTY) stderr.write(`${line}\n`);
    else stderr.write(`\r\u001b[2K${line}${share >= 1 ? '\n' : ''}`);
  };
};

const WIDTH = 24;

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, share) * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
};
