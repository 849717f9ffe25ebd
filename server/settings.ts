import type { Severity } from "../core/text/diagnostic.ts";

/** Which hints stand in the text. */
export interface InlayHintSettings {
  readonly addresses: boolean;
  readonly variables: boolean;
  readonly targets: boolean;
}

/** The settings under `interleave.` that the server reads. */
export interface Settings {
  /** Severity by code of warning, or `off`; what is not named keeps its own. */
  readonly warnings: Readonly<Record<string, Severity | "off">>;
  readonly inlayHints: InlayHintSettings;
  readonly codeLens: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  warnings: {},
  inlayHints: { addresses: false, variables: false, targets: true },
  codeLens: true,
};

const SEVERITIES: ReadonlySet<unknown> = new Set(["error", "warning", "information", "hint", "off"]);

/** Takes what an editor sends, whatever it is; what makes no sense counts as not set. */
export function readSettings(value: unknown): Settings {
  const { warnings, inlayHints, codeLens } = record(value);
  const hints = record(inlayHints);
  const { addresses, variables, targets } = DEFAULT_SETTINGS.inlayHints;
  return {
    warnings: Object.fromEntries(
      Object.entries(record(warnings)).filter(([, severity]) => SEVERITIES.has(severity)),
    ) as Settings["warnings"],
    inlayHints: {
      addresses: boolean(hints["addresses"], addresses),
      variables: boolean(hints["variables"], variables),
      targets: boolean(hints["targets"], targets),
    },
    codeLens: boolean(codeLens, DEFAULT_SETTINGS.codeLens),
  };
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const boolean = (value: unknown, standard: boolean): boolean =>
  typeof value === "boolean" ? value : standard;
