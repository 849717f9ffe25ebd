import type { CompletionItem } from "vscode-languageserver";
import { instructionSpec } from "../../../core/isa/instruction-set.ts";
import { registerNumber } from "../../../core/isa/registers.ts";
import { x86Mnemonic } from "../../../core/isa/x86.ts";
import type { AsmDocument } from "../../document.ts";
import { describeDirective, describeMnemonic, describeRegister } from "../../documentation.ts";
import * as litmusDocumentation from "../../litmus/documentation.ts";
import { describeName } from "../hover.ts";
import type { ItemData } from "./items.ts";

/** Address of the document in which an item's name stands; undefined for what every document knows. */
export function placeOf({ data }: CompletionItem): string | undefined {
  const known = data as ItemData | undefined;
  return known && "uri" in known ? known.uri : undefined;
}

/**
 * Adds the documentation of an item that the person looks at.
 * @param document the one at `placeOf`
 */
export function resolve(item: CompletionItem, document: AsmDocument | undefined): CompletionItem {
  const value = item.data && describe(item.data as ItemData, document);
  return value ? { ...item, documentation: { kind: "markdown", value } } : item;
}

function describe(data: ItemData, document: AsmDocument | undefined): string | undefined {
  switch (data.kind) {
    case "mnemonic": {
      const spec = instructionSpec(data.name);
      return spec && describeMnemonic(spec);
    }
    case "x86": {
      const known = x86Mnemonic(data.dialect, data.name);
      return known && litmusDocumentation.describeMnemonic(known.spec, data.dialect);
    }
    case "register":
      return describeRegister(registerNumber(data.name));
    case "directive":
      return describeDirective(data.name);
    default:
      return document && describeName(document, data);
  }
}
