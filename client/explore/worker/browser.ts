import { startWebWorker } from "../../background/browser.ts";
import { createAnswerer } from "./body.ts";
import type { ToWorker } from "./protocol.ts";
import { scope } from "./scope.ts";

/** A worker can only be started from its starter's own origin, where the bundle need not be; it may fetch the bundle from elsewhere. */
function addressOfLoader(bundle: string): string {
  return URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(bundle)});`], { type: "text/javascript" }),
  );
}

const answer = createAnswerer((message) => scope.postMessage(message), {
  cores: navigator.hardwareConcurrency,
  startThread: (bundle) => startWebWorker(addressOfLoader(bundle)),
});
scope.onmessage = ({ data }) => answer(data as ToWorker);
