import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** Answers a request, or leaves it to the next handler by returning false. */
export type Handler = (asked: Asked, response: ServerResponse) => boolean;

export interface TestServer {
  readonly url: string;
  /** Every request so far, in order. */
  readonly log: Asked[];
  /** Handlers for the next requests that they take, each used once, before the others. */
  readonly faults: Handler[];
  close(): Promise<void>;
}

/** An HTTP server on a free port of this machine. */
export async function startServer(...handlers: Handler[]): Promise<TestServer> {
  const log: Asked[] = [];
  const faults: Handler[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://x");
      const asked: Asked = {
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        body: Buffer.concat(parts).toString(),
        headers: request.headers,
      };
      log.push(asked);
      for (const [i, fault] of faults.entries()) {
        if (fault(asked, response)) {
          faults.splice(i, 1);
          return;
        }
      }
      if (!handlers.some((handler) => handler(asked, response))) {
        response.writeHead(404, { "content-type": "text/plain" }).end("not here");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function json(response: ServerResponse, value: unknown, status = 200): true {
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(typeof value === "string" ? value : JSON.stringify(value));
  return true;
}

/** Faults of a server, for requests whose path or body has a word. */
export const fault = {
  status:
    (word: string, status: number, headers: Record<string, string> = {}): Handler =>
    (asked, response) => {
      if (!has(asked, word)) return false;
      response.writeHead(status, headers).end("busy");
      return true;
    },
  html:
    (word: string): Handler =>
    (asked, response) => {
      if (!has(asked, word)) return false;
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<!DOCTYPE html><title>Maintenance</title>");
      return true;
    },
  body:
    (word: string, body: string | Buffer): Handler =>
    (asked, response) => {
      if (!has(asked, word)) return false;
      response.writeHead(200, { "content-type": "application/json" }).end(body);
      return true;
    },
  /** Promises more bytes than it sends, and hangs up. */
  truncated:
    (word: string, body: string): Handler =>
    (asked, response) => {
      if (!has(asked, word)) return false;
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": String(body.length * 2),
      });
      response.write(body, () => response.destroy());
      return true;
    },
  reset:
    (word: string): Handler =>
    (asked, response) => {
      if (!has(asked, word)) return false;
      response.socket?.resetAndDestroy();
      return true;
    },
  /** Takes the request and never answers. */
  silent:
    (word: string): Handler =>
    (asked) =>
      has(asked, word),
};

function has({ path, body }: Asked, word: string): boolean {
  return path.includes(word) || body.includes(word);
}
