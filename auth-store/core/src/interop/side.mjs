// The Node side of AuthJsInteropIT: the real packages on a file, told by lines of JSON what to do.
//   node side.mjs kysely|drizzle <file>
import { createInterface } from "node:readline";
import { Auth } from "@auth/core";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { KyselyAdapter } from "@auth/kysely-adapter";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";

const [layout, file] = process.argv.slice(2);
const sqlite = new Database(file);
sqlite.pragma("journal_mode = WAL");
sqlite.pragma("busy_timeout = 5000");
sqlite.pragma("foreign_keys = ON");

const adapter =
  layout === "kysely"
    ? KyselyAdapter(new Kysely({ dialect: new SqliteDialect({ database: sqlite }) }))
    : DrizzleAdapter(drizzle(sqlite));

const origin = "http://localhost:3000";
const sent = [];
const complaints = [];
const config = {
  adapter,
  secret: "interop-secret-interop-secret-interop",
  trustHost: true,
  basePath: "/auth",
  session: { strategy: "database" },
  providers: [
    {
      id: "email",
      type: "email",
      name: "Email",
      maxAge: 3600,
      sendVerificationRequest: async ({ identifier, token }) => void sent.push({ identifier, token }),
    },
  ],
  logger: {
    error: (error) => void complaints.push(String(error.type ?? error)),
    warn: () => {},
    debug: () => {},
  },
};

async function request(path, { cookie, form } = {}) {
  const headers = new Headers();
  if (cookie) headers.set("cookie", cookie);
  if (form) headers.set("content-type", "application/x-www-form-urlencoded");
  const answer = await Auth(
    new Request(origin + path, {
      method: form ? "POST" : "GET",
      headers,
      body: form ? new URLSearchParams(form) : undefined,
    }),
    config,
  );
  const cookies = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  const text = await answer.text();
  const isJson = (answer.headers.get("content-type") ?? "").includes("json");
  return {
    status: answer.status,
    location: answer.headers.get("location"),
    cookies,
    body: isJson ? JSON.parse(text) : null,
  };
}

const commands = {
  // a method of the adapter
  call: ({ method, args }) => adapter[method](...args),
  // what the file holds
  sql: ({ sql }) => sqlite.prepare(sql).all(),
  // a request to the real handler
  http: ({ path, cookie }) => request(path, { cookie }),
  // a magic link as a visitor asks for one
  link: async ({ email }) => {
    const csrf = await request("/auth/csrf");
    const answer = await request("/auth/signin/email", {
      cookie: csrf.cookies.join("; "),
      form: { email, csrfToken: csrf.body.csrfToken, callbackUrl: origin },
    });
    return { ...answer, mail: sent.at(-1) };
  },
  // as many of the tokens as can be had, from that millisecond on
  race: async ({ identifier, tokens, at }) => {
    while (Date.now() < at);
    const won = [];
    for (const token of tokens) {
      if (await adapter.useVerificationToken({ identifier, token })) won.push(token);
      // who has the lock keeps it otherwise, and the other side is never near
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return won;
  },
  // what the handler has logged as errors
  complaints: () => complaints.splice(0),
};

// Dates travel as {"$date": text}, both ways.
const revive = (key, value) => (value && typeof value === "object" && "$date" in value ? new Date(value.$date) : value);
function tell(value) {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(tell);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, tell(each)]));
  }
  return value === undefined ? null : value;
}

console.log(JSON.stringify({ result: "ready" }));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line, revive);
  try {
    console.log(JSON.stringify({ result: tell(await commands[command.do](command)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
sqlite.close();
