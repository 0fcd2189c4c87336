import { Graph, layout } from '@dagrejs/dagre';
import type { GraphView } from '../views.ts';

export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** Of an SVG path. */
  readonly d: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

const HEIGHT = 34;
const LETTER = 7.4;
const PADDING = 26;

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Bent {
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Where states and the ways between them are drawn, from top to bottom. */
export const layoutOf = ({ states, edges }: Pick<GraphView, 'states' | 'edges'>): Layout => {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 36, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of states)
    graph.setNode(name, { width: name.length * LETTER + PADDING, height: HEIGHT });
  edges.forEach(({ from, to }, at) => graph.setEdge(from, to, {}, String(at)));
  layout(graph);
  const { width = 0, height = 0 }: { readonly width?: number; readonly height?: number } = Object(
    graph.graph(),
  );
  return {
    width,
    height,
    boxes: states.map(({ name }) => {
      const placed: Placed = Object(graph.node(name));
      return { name, ...placed };
    }),
    wires: edges.map(({ from, to, kind }, at) => {
      const { points }: Bent = Object(graph.edge(from, to, String(at)));
      return { from, to, kind, d: pathThrough(points) };
    }),
  };
};

/** Round bends: each point but the first and last draws the line to it without being on it. */
const pathThrough = (points: Bent['points']): string => {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((point, at) => {
    const next = rest[at + 1] ?? last;
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x},${point.y} ${middle.x},${middle.y}`;
  });
  return `M${first.x},${first.y} ${bends.join(' ')} L${last.x},${last.y}`;
};
