// Every file of tests that runs inside VS Code, in the Node extension host and in the web worker host.
import "./activation.ts";
import "./debug.ts";
import "./explore.ts";
import "./language.ts";
import "./language-server.ts";
import "./litmus.ts";
