import "./outcomes.css";
import { listenForActions } from "./actions.ts";
import { listen } from "./vscode.ts";

const root = document.getElementById("root")!;

listenForActions();
/** The focus stays where it was. */
listen((message) => {
  if (message.type !== "content") return;
  const focused = document.activeElement?.id;
  root.innerHTML = message.html;
  if (focused) document.getElementById(focused)?.focus();
});
