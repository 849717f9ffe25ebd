import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { densityOf } from "../../client/webview/timeline/density.ts";
import { type Colours, draw, LEFT } from "../../client/webview/timeline/draw.ts";
import { type Events, noEvents, replaceFrom } from "../../client/webview/timeline/events.ts";
import type { Painter } from "../../client/webview/timeline/painter.ts";
import { timelineSvg } from "../../client/webview/timeline/svg.ts";
import { encodeBase64 } from "../../debugger/memory/base64.ts";
import type { TimelineChunk } from "../../debugger/views/timeline.ts";
import { launch } from "../debugger/client.ts";

const colours: Colours = {
  text: "#111",
  faint: "#999",
  background: "#fff",
  cursor: "#00f",
  threads: ["#a00", "#0a0"],
};

const bytes = ({ buffer }: Uint16Array | Int32Array): Uint8Array => new Uint8Array(buffer);

/** What the adapter would tell of events: by word, -1 for a drain and otherwise the operation, a store (0) or a load (1). */
const chunk = (from: number, words: ArrayLike<number>, operations: ArrayLike<number>): TimelineChunk => ({
  from,
  to: from + words.length,
  threads: 3,
  words: encodeBase64(bytes(Uint16Array.from(words))),
  operations: encodeBase64(bytes(Int32Array.from(operations))),
  instructions: ["store", "load"].map((access) => ({ text: `mov ${access}`, access })),
});

/** A long run of three threads: two instructions in a row, then a drain. */
function longEvents(length: number): Events {
  const words = new Uint16Array(length);
  const operations = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const isDrain = i % 3 === 2;
    words[i] = 2 * (Math.floor(i / 3) % 3) + (isDrain ? 1 : 0);
    operations[i] = isDrain ? -1 : i % 3;
  }
  const events = noEvents();
  replaceFrom(events, chunk(0, words, operations));
  return events;
}

/** Some events of three threads, the drains among them not always with a store. */
const someEvents = fc.array(fc.tuple(fc.nat(5), fc.nat(1)), { maxLength: 300 }).map((list) => ({
  words: list.map(([word]) => word),
  operations: list.map(([word, operation]) => (word & 1 ? -1 : operation)),
}));

/** What a picture is drawn from. */
const known = ({ length, words, operations, partner, blocks, threads }: Events) => {
  const room = Math.ceil(length / 128) * threads;
  return {
    words: words.slice(0, length),
    operations: operations.slice(0, length),
    partner: partner.slice(0, length),
    executed: blocks.executed.slice(0, room),
    drained: blocks.drained.slice(0, room),
  };
};

function countingPainter(): { readonly painter: Painter; readonly count: () => number } {
  let shapes = 0;
  const shape = (): void => {
    shapes++;
  };
  const painter: Painter = {
    line: shape,
    circle: shape,
    polygon: shape,
    curve: shape,
    text: shape,
    slanted: shape,
    opacity() {},
  };
  return { painter, count: () => shapes };
}

describe("the timeline", () => {
  it("is saved as an SVG with a mark for each event, a curve from each store to its drain, and the cursor", () => {
    const client = launch(".var x\n.main\nmov $1, x\nmov x, %ax\nmfence\nhalt\n", { model: "tso" });
    for (const threadId of [1, 2, 1, 1]) client.request("next", { threadId });
    client.request("setVariable", { variablesReference: 1, name: "bx", value: "1" });
    const events = noEvents();
    replaceFrom(events, client.request<TimelineChunk>("interleave/timeline", { from: 0 }));
    const svg = timelineSvg(events, 3, { start: 0, scale: 60, width: 500 }, colours, `"Fira" <mono>`);
    const count = (piece: RegExp) => svg.match(new RegExp(piece, "g"))?.length ?? 0;
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="500" height="\d+"/);
    expect(svg.trimEnd()).toMatch(/<\/svg>$/);
    expect(svg).toContain('font-family="&quot;Fira&quot; &lt;mono&gt;"');
    expect(count(/<circle/)).toBe(3); // two stores and a load
    expect(count(/d="M\S+ \S+C/)).toBe(1); // T0's drain
    expect(svg).toContain(">by hand<");
    expect(count(/rotate\(-35\)" fill="#111"[^>]*>mov x, %ax</)).toBe(1);
    expect(svg).toContain(">T1<");
    expect(count(/opacity="0.4"/)).toBeGreaterThan(0); // what lies ahead of the cursor
    expect(svg).toContain('stroke="#00f"');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it("counts each event once, however many fall into a pixel", () => {
    const events = longEvents(100_000);
    const sum = (counts: Uint32Array) => counts.reduce((a, b) => a + b, 0);
    for (const scale of [1 / 200, 1 / 128, 1 / 100, 1, 2.5]) {
      const { executed, drained } = densityOf(events, {
        first: 0,
        scale,
        columns: Math.ceil(100_000 * scale),
      });
      expect(sum(executed)).toBe(66_667);
      expect(sum(drained)).toBe(33_333);
    }
  });

  it("knows the same whether events come at once, one by one or in place of others", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), someEvents), { maxLength: 8 }), (chunks) => {
        const piecewise = noEvents();
        let words: number[] = [];
        let operations: number[] = [];
        for (const [at, piece] of chunks) {
          const from = Math.min(at, words.length);
          replaceFrom(piecewise, chunk(from, piece.words, piece.operations));
          words = [...words.slice(0, from), ...piece.words];
          operations = [...operations.slice(0, from), ...piece.operations];
        }
        const whole = noEvents();
        replaceFrom(whole, chunk(0, words, operations));
        expect(known(piecewise)).toEqual(known(whole));
      }),
    );
  });

  it("draws at most a few shapes for each pixel and thread, of a million events as of a hundred", () => {
    const events = longEvents(1_000_000);
    const width = 1250;
    const fitting = (width - LEFT) / events.length;
    for (const scale of [fitting, 0.01, 1, 2.99, 3, 60]) {
      const { painter, count } = countingPainter();
      draw(painter, events, 500_000, { start: 0, scale, width }, colours);
      expect(count()).toBeGreaterThan(0);
      expect(count()).toBeLessThan(2 * 3 * width + 100);
    }
  });
});
