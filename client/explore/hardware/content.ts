import { count, grouped } from "../../../core/text/count.ts";
import { type Html, html } from "../../page/html.ts";
import type { ComparedRow } from "./columns.ts";
import type { Seen } from "./processor.ts";
import type { CpuRuns } from "./runs.ts";

/** What there is to say of the processor, and which buttons there are to be. */
export interface CpuState {
  readonly cpu?: CpuRuns | undefined;
  /** Whether virtual processors are offered, too. */
  readonly offersKvm?: boolean | undefined;
}

/** The buttons that begin the runs, how far they are, or what came of them. */
export function cpuStatus({ cpu, offersKvm }: CpuState, rows: readonly ComparedRow[]): Html {
  const { running = false, seen, error } = cpu ?? {};
  if (running) {
    const text = seen ? runsText(seen) : "compiling";
    return html`<p class="progress" role="status">This CPU: ${text} <button id="stop-cpu" data-action="stop-cpu">Stop</button></p>${seen && alarm(rows)}`;
  }
  return html`<p class="progress"><button id="run-cpu" data-action="run-cpu" data-backend="threads">Run on This CPU${cpu && " Again"}</button>${
    offersKvm &&
    html`<button id="run-kvm" data-action="run-cpu" data-backend="kvm" title="Run on virtual processors of this CPU">With KVM</button>`
  }${seen && html`<span role="status">${runsText(seen)}${seen.over && `, ${placeText(seen.over)}`}</span>`}</p>
${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
${alarm(rows)}${seen && troubles(seen).map((t) => html`<p class="warning">${t}</p>`)}`;
}

const alarm = (rows: readonly ComparedRow[]): Html | false =>
  rows.some((r) => r.alarm) &&
  html`<p class="alarm" role="alert"><strong>Seen, but forbidden:</strong> a run ended as TSO does not allow. Until it is explained, that is a bug in Interleave: please report it.</p>`;

function runsText({ runs, seconds }: Seen): string {
  const rate = Math.round(runs / Math.max(seconds, 1e-6));
  return `${count(runs, "run")} in ${seconds.toFixed(1)} s, ${grouped(rate)} a second`;
}

const placeText = ({ backend, cpus }: NonNullable<Seen["over"]>): string =>
  `${cpus.length === 1 ? "CPU" : "CPUs"} ${cpus.join(", ")}${backend === "kvm" ? ", with KVM" : ""}`;

const troubles = ({ faulty, stuck, over }: Seen): string[] => [
  ...(faulty > 0 ? [`${count(faulty, "run")} ended with a fault.`] : []),
  ...(stuck > 0 ? [`${count(stuck, "run")} did not end.`] : []),
  ...(over?.notes ?? []),
];

/** The third column's cell, if there is that column. */
export const seenCell = ({ seen, alarm }: ComparedRow): Html | false =>
  seen !== undefined &&
  html`<td class="count seen">${grouped(seen)}${alarm && html`<span class="unseen">, although forbidden</span>`}</td>`;
