import type { Html } from '#core/domain/pages/html.ts';

/** A chart that can be drawn for a wide and for a narrow place. */
export interface Chart {
  /** What it shows, with its unit. */
  readonly title: string;
  /** What one sees in it, for those who do not. */
  readonly description: string;
  /** What its marks mean, where there are several. */
  readonly legend?: readonly LegendItem[] | undefined;
  /** Drawn for a width, in its own units; `id` is unique to it on the page. */
  readonly draw: (width: number, id: string) => Drawing;
}

export interface LegendItem {
  readonly label: string;
  readonly mark: 'line' | 'bar' | 'target' | 'elapsed';
  /** Which colour and pattern, from 0. */
  readonly series: number;
}

export interface Drawing {
  readonly height: number;
  readonly body: Html;
}

/** Of colours and patterns there are so many; a further series would look like the first. */
export const MOST_SERIES = 4;
