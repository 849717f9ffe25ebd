import { numberComponents } from "../../analysis/components.ts";
import { NumberTable } from "../states/number-table.ts";
import type { Automaton } from "./automaton.ts";

/**
 * Local states to which a thread can come back. Each is a pair of numbers: a digest of it, and which circle it is in. Where digests of
 * different local states are the same, there seem to be more circles than there are, which only costs time.
 */
export type Circles = Int32Array;

/** The steps of an automaton, each as a pair of digests: of the local state that it leaves, and of the one it leads to. */
export function stepsByDigest(automaton: Automaton): Int32Array {
  const { digests, next } = automaton;
  const pairs = new Int32Array(2 * automaton.steps);
  let at = 0;
  automaton.forEachStep((local, step) => {
    pairs[at++] = digests[2 * local]!;
    pairs[at++] = digests[2 * next[step]!]!;
  });
  return pairs;
}

/** Finds the circles of a graph that is given as several lists of steps. */
export function findCircles(lists: readonly Int32Array[]): Circles {
  const nodes = new NumberTable();
  const edges = lists.map((pairs) => pairs.map((digest) => nodes.intern(digest)));
  const { first, followers } = followersOf(edges, nodes.count);
  const { numbers } = numberComponents(nodes.count, (node, i) =>
    first[node]! + i < first[node + 1]! ? followers[first[node]! + i] : undefined,
  );
  const isInCircle = (node: number): boolean =>
    followers.subarray(first[node]!, first[node + 1]!).some((f) => numbers[f] === numbers[node]);
  const circles: number[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (isInCircle(node)) circles.push(nodes.at(node), numbers[node]!);
  }
  return Int32Array.from(circles);
}

/** The nodes that follow node n: those in `followers` from `first[n]` up to `first[n + 1]`. */
function followersOf(
  edges: readonly Int32Array[],
  nodes: number,
): { readonly first: Int32Array; readonly followers: Int32Array } {
  const first = new Int32Array(nodes + 1);
  for (const pairs of edges) for (let i = 0; i < pairs.length; i += 2) first[pairs[i]!]!++;
  for (let node = 1; node <= nodes; node++) first[node]! += first[node - 1]!;
  const followers = new Int32Array(first[nodes]!);
  for (const pairs of edges) {
    for (let i = 0; i < pairs.length; i += 2) followers[--first[pairs[i]!]!] = pairs[i + 1]!;
  }
  return { first, followers };
}

/** By step of an automaton: 1 if it stays in a circle. All others lead a thread on for good. */
export function stepsInCircles(automaton: Automaton, circles: Circles): Uint8Array {
  const circleOf = new Map<number, number>();
  for (let i = 0; i < circles.length; i += 2) circleOf.set(circles[i]!, circles[i + 1]!);
  const { digests, next } = automaton;
  const stays = new Uint8Array(automaton.steps + 1);
  automaton.forEachStep((local, step) => {
    const circle = circleOf.get(digests[2 * local]!);
    if (circle !== undefined && circle === circleOf.get(digests[2 * next[step]!]!)) stays[step] = 1;
  });
  return stays;
}
