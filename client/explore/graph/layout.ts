import type { Viz } from "@viz-js/viz";

/** A point in points (1/72 inch), from the upper left corner of the picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode {
  readonly label: string;
  readonly tooltip: string;
  readonly kind: string;
  /** Its middle. */
  readonly at: Point;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly label: string;
  readonly kind: string;
  /** Bézier curves one behind the other: 3 n + 1 points. */
  readonly curve: readonly Point[];
  /** The point of its arrow. */
  readonly tip: Point;
}

/** A graph with a place for everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Room around the picture. */
const MARGIN = 12;

/** What Graphviz's format `json0` has of a graph; numbers are texts. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly Readonly<Record<string, string>>[];
  readonly edges?: readonly Readonly<Record<string, string>>[];
}

/**
 * Lays a graph in Graphviz's language out.
 * @throws Error with Graphviz's own words if it cannot
 */
export function layOut(viz: Viz, dot: string): Layout {
  const json = JSON.parse(viz.renderString(dot, { engine: "neato", format: "json0", yInvert: true }));
  const { bb, objects = [], edges = [] }: GraphvizJson = json;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = bb.split(",").map(Number);
  const left = Math.min(x1, x2) - MARGIN;
  const top = Math.min(y1, y2) - MARGIN;
  const point = (text: string): Point => {
    const [x = 0, y = 0] = text.split(",").map(Number);
    return { x: x - left, y: y - top };
  };
  return {
    width: Math.abs(x2 - x1) + 2 * MARGIN,
    height: Math.abs(y2 - y1) + 2 * MARGIN,
    nodes: objects.map((o) => ({
      label: o["label"] ?? "",
      tooltip: o["tooltip"] ?? "",
      kind: o["class"] ?? "",
      at: point(o["pos"] ?? ""),
      width: Number(o["width"]) * 72,
      height: Number(o["height"]) * 72,
    })),
    edges: edges.map((e) => ({
      label: e["label"] ?? "",
      kind: e["class"] ?? "",
      ...route(e["pos"] ?? "", point),
    })),
  };
}

/** Reads `e,x,y x,y x,y …`: where the arrow ends, then the curve. */
function route(pos: string, point: (text: string) => Point): Pick<PlacedEdge, "curve" | "tip"> {
  const words = pos.split(" ");
  const end = words.find((w) => w.startsWith("e,"));
  const curve = words.filter((w) => !w.startsWith("e,")).map(point);
  return { curve, tip: end ? point(end.slice(2)) : curve.at(-1)! };
}
