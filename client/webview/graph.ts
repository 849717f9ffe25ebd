import "./graph.css";
import { instance } from "@viz-js/viz";
import { layOut } from "../explore/graph/layout.ts";
import { PAPER_STYLE, svgOf } from "../explore/graph/svg.ts";
import { listenForActions } from "./actions.ts";
import { listen, send } from "./vscode.ts";

listenForActions();
/** The picture is drawn here, and goes back to be saved. */
listen(async (message) => {
  if (message.type !== "graph") return;
  const { dot, label } = message;
  const place = document.getElementById("picture")!;
  try {
    const layout = layOut(await instance(), dot);
    place.innerHTML = svgOf(layout, label);
    send({ type: "drawn", svg: svgOf(layout, label, PAPER_STYLE) });
  } catch (error) {
    place.textContent = `The graph cannot be drawn: ${error instanceof Error ? error.message : String(error)}`;
  }
});
