import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** Folder of PostgreSQL's programs, the newest where several are installed; undefined without any. */
export const POSTGRES_BIN = findBinaries();
export const withoutPostgres = "needs PostgreSQL (initdb and postgres), which is not installed";

export const PASSWORD = "s3cret-p@ss/w:rd";

export interface PostgresServer {
  /** Address of a database, with user and password. */
  url(database?: string): string;
  /** Runs statements in the database `postgres`. */
  run(...statements: string[]): Promise<void>;
  connect(): Promise<Client>;
  stop(): Promise<void>;
}

function findBinaries(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const installed = existsSync(versions)
    ? readdirSync(versions).sort((a, b) => Number(b) - Number(a))
    : [];
  const folders = [
    ...installed.map((version) => join(versions, version, "bin")),
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/usr/bin",
  ];
  return folders.find((folder) =>
    ["initdb", "postgres"].every((program) => existsSync(join(folder, program))),
  );
}

/** A server of its own in a temporary folder on a free port of this machine. Root runs it as another user. */
export async function startPostgres(): Promise<PostgresServer> {
  if (POSTGRES_BIN === undefined) throw new Error(withoutPostgres);
  const folder = mkdtempSync(join(tmpdir(), "swymc-pg-"));
  const data = join(folder, "data");
  const owner = ownerOfServer();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o755);
  const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C", HOME: folder };
  execFileSync(
    join(POSTGRES_BIN, "initdb"),
    ["-D", data, "-U", "swymc", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C"],
    { ...as, env, cwd: folder, stdio: "pipe" },
  );
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    "fsync=off",
    "shared_buffers=16MB",
    "max_connections=20",
    "timezone=America/New_York",
  ];
  const server = spawn(
    join(POSTGRES_BIN, "postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    { ...as, env, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
  );
  const log: string[] = [];
  server.stderr?.on("data", (text: Buffer) => log.push(text.toString()));
  const url = (database = "postgres") =>
    `postgres://swymc:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  const connect = async () => {
    const client = new Client({ connectionString: url() });
    await client.connect();
    return client;
  };
  await untilReady(connect, server, log);
  return {
    url,
    connect,
    run: async (...statements) => {
      const client = await connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(
  connect: () => Promise<Client>,
  server: ChildProcess,
  log: readonly string[],
): Promise<void> {
  for (;;) {
    try {
      await (await connect()).end();
      return;
    } catch {
      if (server.exitCode !== null) throw new Error(`postgres did not start: ${log.join("")}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** PostgreSQL refuses to run as root; any other user of the machine will do. */
function ownerOfServer(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {}
  }
  throw new Error("root needs a user postgres or nobody to run PostgreSQL as");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
