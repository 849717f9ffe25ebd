import { instance } from "@viz-js/viz";
import { describe, expect, test } from "vitest";
import { layOut } from "../../client/explore/graph/layout.ts";
import { PAPER_STYLE, svgOf } from "../../client/explore/graph/svg.ts";

const viz = await instance();

const DOT = `digraph g {
  graph [layout=neato, splines=true, notranslate=true]
  node [shape=box, fixedsize=true, width=1, height=0.3]
  a [label="a: W x = 1", class="write", tooltip="T0: mov $1, x", pos="0,0!"]
  b [label="b: R x = 1", class="read", pos="2,-1!"]
  a -> b [label="rf", class="rf"]
}`;

describe("A layout", () => {
  test("has every node where it was pinned, and every edge from node to node", () => {
    const { nodes, edges } = layOut(viz, DOT);
    const [a, b] = nodes;
    expect(nodes.map((n) => n.label)).toEqual(["a: W x = 1", "b: R x = 1"]);
    expect(b!.at.x - a!.at.x).toBeCloseTo(144);
    expect(b!.at.y - a!.at.y).toBeCloseTo(72);
    expect(edges).toMatchObject([{ kind: "rf", label: "rf" }]);
    expect(edges[0]!.curve.length % 3).toBe(1);
    expect(edges[0]!.tip.x).toBeGreaterThan(edges[0]!.curve[0]!.x);
  });

  test("holds everything within its borders", () => {
    const { width, height, nodes } = layOut(viz, DOT);
    for (const { at, width: w, height: h } of nodes) {
      expect(Math.min(at.x - w / 2, at.y - h / 2)).toBeGreaterThanOrEqual(0);
      expect(at.x + w / 2).toBeLessThanOrEqual(width);
      expect(at.y + h / 2).toBeLessThanOrEqual(height);
    }
  });

  test("of no graph says what is wrong", () => {
    expect(() => layOut(viz, "digraph {")).toThrow(/syntax error/);
  });
});

describe("A picture", () => {
  test("says what it is, has classes for the style sheet, and tells instructions on hovering", () => {
    const svg = svgOf(layOut(viz, DOT), "Execution of <g>");
    expect(svg).toContain('aria-label="Execution of &lt;g&gt;"');
    expect(svg).toContain('<g class="node write"><title>T0: mov $1, x</title>');
    expect(svg).toContain('<g class="edge rf">');
    expect(svg).not.toContain("<style>");
    expect(svg).not.toContain("NaN");
  });

  test("stands alone with a style sheet of its own", () => {
    expect(svgOf(layOut(viz, DOT), "g", PAPER_STYLE)).toContain("<style>");
  });
});
