// A mail server that keeps what it gets, for journeys: SMTP on the first port, and on the second `GET /?to=ada@x.test` gives that
// person's letters, the newest first. One address can be made to refuse: who writes to `busy@…` is told to come back later.
import { createServer } from "node:http";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

const [smtpPort, httpPort] = process.argv.slice(2).map(Number);
const letters = [];

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onRcptTo({ address }, _session, done) {
    done(address.startsWith("busy@") ? Object.assign(new Error("Come back later"), { responseCode: 451 }) : undefined);
  },
  onData(stream, session, done) {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", async () => {
      const mail = await PostalMime.parse(Buffer.concat(pieces));
      const to = session.envelope.rcptTo.map((recipient) => recipient.address);
      letters.unshift({ to, from: mail.from?.name, subject: mail.subject, text: mail.text, html: mail.html });
      done();
    });
  },
});
smtp.listen(smtpPort, "127.0.0.1");

const http = createServer((request, response) => {
  const to = new URL(request.url, "http://catcher").searchParams.get("to");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(letters.filter((letter) => !to || letter.to.includes(to))));
});
http.listen(httpPort, "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
