import path from "node:path";
import { pathToFileURL } from "node:url";
import { createConnection } from "vscode-languageserver/node";
import { startServer } from "./server.ts";

// `--stdio`, `--node-ipc` and the like are read by createConnection. This file runs from dist/, beside docs/.
startServer(createConnection(), pathToFileURL(path.join(__dirname, "../docs/warnings.md")).href);
