import * as vscode from "vscode";

/** A colour of `contributes.colors`, in the themes that an icon can tell apart. */
export interface ThreadColour {
  readonly id: string;
  readonly defaults: { readonly dark: string; readonly light: string };
}

/** The colours of threads as the manifest gives them: icons are files, to which no theme colour comes. */
export const threadColours = ({ extension }: vscode.ExtensionContext): readonly ThreadColour[] =>
  (extension.packageJSON.contributes.colors as ThreadColour[]).filter(({ id }) =>
    id.startsWith("interleave.thread"),
  );

/** A number in a badge, or the plus behind it, and the thread whose colour it has. */
interface Part {
  readonly label: string;
  readonly thread: number;
}

/** Up to two threads have their numbers in a badge; of more it has the first and a plus. */
export const badgeParts = (threads: readonly number[]): readonly Part[] => {
  const shown = threads
    .slice(0, threads.length > 2 ? 1 : 2)
    .map((thread) => ({ label: String(thread), thread }));
  return threads.length > 2 ? [...shown, { label: "+", thread: threads[0]! }] : shown;
};

/** The badge of the threads that stand at a line, for dark and for light themes, with a mark beside the scroll bar. */
export function badgeIcon(
  parts: readonly Part[],
  colours: readonly ThreadColour[],
): vscode.DecorationRenderOptions {
  const icon = (theme: "dark" | "light"): { readonly gutterIconPath: vscode.Uri } => {
    const fillOf = ({ thread }: Part): string => colours[thread % colours.length]!.defaults[theme];
    return { gutterIconPath: dataUri(badgeSvg(parts, fillOf, theme === "dark" ? "#000" : "#fff")) };
  };
  return {
    dark: icon("dark"),
    light: icon("light"),
    gutterIconSize: "contain",
    overviewRulerColor: new vscode.ThemeColor(colours[parts[0]!.thread % colours.length]!.id),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  };
}

/** A square of 16 pixels: one field that fills it, or two beside each other. */
function badgeSvg(parts: readonly Part[], fillOf: (part: Part) => string, ink: string): string {
  const width = parts.length === 1 ? 14 : 8;
  const font = parts.length === 1 && parts[0]!.label.length < 3 ? 11 : 9;
  const fields = parts.map((part, i) => {
    const x = parts.length === 1 ? 1 : i * width;
    const field = `<rect x="${x}" y="1" width="${width}" height="14" rx="2" fill="${fillOf(part)}"/>`;
    const place = `x="${x + width / 2}" y="${8 + font * 0.36}" text-anchor="middle"`;
    return `${field}<text ${place} font-family="sans-serif" font-weight="700" font-size="${font}" fill="${ink}">${part.label}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">${fields.join("")}</svg>`;
}

const dataUri = (svg: string): vscode.Uri => vscode.Uri.parse(`data:image/svg+xml;base64,${btoa(svg)}`, true);
