import { send } from "./vscode.ts";

/**
 * Makes every element with `data-action` send that action, with its other data attributes, when it is chosen. Where such an element stands in a
 * row with `data-keys`, a key chooses it, too: `data-key` names it.
 */
export function listenForActions(): void {
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element) choose(target.closest<HTMLElement>("[data-action]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const row = event.target.closest<HTMLElement>("[data-row]");
    if (!row || event.target !== row) return;
    const next = neighbour(row, event.key);
    if (next) next.focus();
    else if (!choose(row.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`))) return;
    event.preventDefault();
  });
}

function choose(element: HTMLElement | null): boolean {
  const { action, ...args }: Record<string, string> = { ...element?.dataset } as Record<string, string>;
  if (action === undefined) return false;
  send({ type: "action", action, args });
  return true;
}

/** The row that a key leads to from another one. */
function neighbour(row: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(row);
  switch (key) {
    case "ArrowDown":
      return rows[at + 1];
    case "ArrowUp":
      return rows[at - 1];
    case "Home":
      return rows[0];
    case "End":
      return rows.at(-1);
    default:
      return undefined;
  }
}
