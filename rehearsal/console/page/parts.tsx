import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** `2026-03-02 09:00`, in UTC. */
export const minute = (at: string): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export const Time = ({ at }: { readonly at: string }) => (
  <time dateTime={at} class="time">
    {minute(at)}
  </time>
);

/** The heading of a view, which gets the focus when one comes to it. */
export const Heading = ({ children }: { readonly children: ComponentChildren }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${heading.current?.textContent} · Afterglow console`;
    // Only where somebody has moved here: at the start the page is read from its beginning.
    if (document.activeElement?.matches('nav a, main a') === true || moved)
      heading.current?.focus();
    moved = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
};

let moved = false;

interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  /** In place of no rows. */
  readonly empty: string;
  /** Columns of numbers, from 0. */
  readonly numbers?: readonly number[] | undefined;
}

/** A table that scrolls by itself where the screen is narrow. */
export const Table = ({ caption, columns, rows, empty, numbers = [] }: TableProps) => {
  if (rows.length === 0) return <p class="note">{empty}</p>;
  const kindOf = (at: number) => (numbers.includes(at) ? 'number' : 'text');
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={column} scope="col" class={kindOf(at)}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row" class={kindOf(at)}>
                    {cell}
                  </th>
                ) : (
                  <td key={at} class={kindOf(at)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

interface PagerProps {
  readonly what: string;
  readonly from: number;
  readonly shown: number;
  readonly total: number;
  readonly onPage: (from: number) => void;
}

const PAGE_ROWS = 25;

export const Pager = ({ what, from, shown, total, onPage }: PagerProps) => (
  <nav class="pager" aria-label={`Pages of ${what}`}>
    <button
      type="button"
      disabled={from === 0}
      onClick={() => onPage(Math.max(0, from - PAGE_ROWS))}
    >
      Later
    </button>
    <span>{total === 0 ? `no ${what}` : `${from + 1} to ${from + shown} of ${total} ${what}`}</span>
    <button type="button" disabled={from + shown >= total} onClick={() => onPage(from + PAGE_ROWS)}>
      Earlier
    </button>
  </nav>
);

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly onChoice: (value: string) => void;
}

export const Choice = ({ label, value, choices, onChoice }: ChoiceProps) => (
  <label class="field">
    {label}
    <select value={value} onChange={({ currentTarget }) => onChoice(currentTarget.value)}>
      {choices.map(([name, words]) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

export const Problem = ({ words }: { readonly words: string | undefined }) => (
  <p class={words === undefined ? 'said' : 'notice'} role="alert">
    {words}
  </p>
);
