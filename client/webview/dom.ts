type Child = Node | string | undefined | false;

/** Makes an element; attributes that are undefined or false are left out, `true` is an empty attribute. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return made;
}

/** The `data-key` of the element that last had the keyboard. */
let focused: string | null = null;

/** Gives the keyboard back to the element that had it, if nothing else in the page has it now. */
function restoreFocus(): void {
  if (focused === null || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

/** Keeps the keyboard where it was in the page when the editor takes it for a moment, as it does at every stop. */
export function keepFocus(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element) focused = target.getAttribute("data-key");
  });
  window.addEventListener("focus", restoreFocus);
}

/** Replaces the content of a root; the keyboard stays on the element with the same `data-key`. */
export function render(root: HTMLElement, ...children: readonly Node[]): void {
  root.replaceChildren(...children);
  restoreFocus();
}
