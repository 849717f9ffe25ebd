/**
 * The strongly connected components of a graph: sets of nodes that can all reach each other (Tarjan's algorithm, without recursion,
 * because programs may be long).
 * @param edges for every node the nodes that follow it
 * @returns every node in exactly one component; a component comes before those that lead to it
 */
export function components(edges: readonly (readonly number[])[]): number[][] {
  const found: number[][] = [];
  const order = new Int32Array(edges.length).fill(-1);
  const lowest = new Int32Array(edges.length);
  const onStack = new Uint8Array(edges.length);
  const stack: number[] = [];
  let counter = 0;
  const enter = (node: number): Frame => {
    order[node] = lowest[node] = counter++;
    stack.push(node);
    onStack[node] = 1;
    return { node, edge: 0 };
  };
  for (let root = 0; root < edges.length; root++) {
    if (order[root] !== -1) continue;
    const frames = [enter(root)];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { node } = frame;
      const follower = edges[node]![frame.edge++];
      if (follower === undefined) {
        frames.pop();
        const parent = frames.at(-1);
        if (parent) lowest[parent.node] = Math.min(lowest[parent.node]!, lowest[node]!);
        if (lowest[node] === order[node]) found.push(popComponent(stack, onStack, node));
      } else if (order[follower] === -1) frames.push(enter(follower));
      else if (onStack[follower]) lowest[node] = Math.min(lowest[node]!, order[follower]!);
    }
  }
  return found;
}

interface Frame {
  readonly node: number;
  edge: number;
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component = stack.splice(stack.lastIndexOf(root));
  for (const node of component) onStack[node] = 0;
  return component;
}
