/**
 * The strongly connected components of a graph: sets of nodes that can all reach each other.
 * @param edges for every node the nodes that follow it
 * @returns every node in exactly one component; a component comes before those that lead to it
 */
export function components(edges: readonly (readonly number[])[]): number[][] {
  const found: number[][] = [];
  const { numbers, count } = numberComponents(edges.length, (node, i) => edges[node]![i]);
  for (let c = 0; c < count; c++) found.push([]);
  for (let node = 0; node < edges.length; node++) found[numbers[node]!]!.push(node);
  return found;
}

/**
 * Numbers the strongly connected components of a graph (Tarjan's algorithm, without recursion and in columns, because graphs may be long
 * and large).
 * @param next the follower of a node that comes i-th, or undefined behind the last one
 * @returns by node the number of its component; those that lead to it have larger ones
 */
export function numberComponents(
  nodes: number,
  next: (node: number, i: number) => number | undefined,
): { readonly numbers: Int32Array; readonly count: number } {
  const numbers = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const lowest = new Int32Array(nodes);
  const edge = new Int32Array(nodes);
  /** Nodes that have been entered and have no component yet; and those of them that lead to the current one. */
  const open = new Int32Array(nodes);
  const path = new Int32Array(nodes);
  let opened = 0;
  let depth = 0;
  let entered = 0;
  let count = 0;
  const enter = (node: number): void => {
    order[node] = lowest[node] = entered++;
    open[opened++] = node;
    path[depth++] = node;
  };
  const leave = (node: number): void => {
    depth--;
    if (depth > 0) lowest[path[depth - 1]!] = Math.min(lowest[path[depth - 1]!]!, lowest[node]!);
    if (lowest[node] !== order[node]) return;
    for (let member = -1; member !== node; ) {
      member = open[--opened]!;
      numbers[member] = count;
    }
    count++;
  };
  for (let root = 0; root < nodes; root++) {
    if (order[root] === -1) enter(root);
    while (depth > 0) {
      const node = path[depth - 1]!;
      const follower = next(node, edge[node]!++);
      if (follower === undefined) leave(node);
      else if (order[follower] === -1) enter(follower);
      else if (numbers[follower] === -1) lowest[node] = Math.min(lowest[node]!, order[follower]!);
    }
  }
  return { numbers, count };
}
