// A proxy before several servers of one workshop's database, for journeys: every request goes to the next server, every live stream to the
// one that holds the fewest. `x-served-by` of an answer says which it was. `node proxy.mjs 3102 3100 3101`
import { createServer, request as ask } from "node:http";

const [own, ...ports] = process.argv.slice(2).map(Number);
const servers = ports.map((port) => ({ port, streams: 0 }));
let turn = 0;

const next = () => servers[turn++ % servers.length];
const quietest = () => servers.reduce((quiet, server) => (server.streams < quiet.streams ? server : quiet));

createServer((request, response) => {
  const streams = request.headers.accept === "text/event-stream";
  const server = streams ? quietest() : next();
  const known = request.headers["x-forwarded-for"];
  const client = request.socket.remoteAddress;
  const headers = { ...request.headers, "x-forwarded-for": known ? `${known}, ${client}` : client };
  const passed = ask({ host: "127.0.0.1", port: server.port, method: request.method, path: request.url, headers }, (answer) => {
    response.writeHead(answer.statusCode, { ...answer.headers, "x-served-by": String(server.port) });
    answer.pipe(response);
  });
  passed.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  server.streams += Number(streams);
  response.on("close", () => {
    server.streams -= Number(streams);
    passed.destroy();
  });
  request.pipe(passed);
}).listen(own, "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
