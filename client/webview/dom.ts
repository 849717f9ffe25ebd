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

/** Replaces the content of a root and keeps the keyboard where it was: on the element with the same `data-key`. */
export function render(root: HTMLElement, ...children: readonly Node[]): void {
  const key = document.activeElement?.getAttribute("data-key");
  root.replaceChildren(...children);
  if (key) root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
