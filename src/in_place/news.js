// News: what others changed is read into the page that shows it. One stream for each tab that somebody looks at.
import { frame, page, root, tell } from "./page.js";
import { go } from "./visit.js";

/** Changes that come together are one change. */
const TOGETHER = 350;
/** "In 40 minutes" is not true for long. */
const OLD = 300_000;
let stream, timer, met, read = Date.now(), ticked = Date.now();

const wanted = () => root.dataset.at && !document.hidden && !page.native;

const news = () => {
  timer ??= setTimeout(() => {
    timer = undefined;
    if (!wanted()) return;
    // The answer to what somebody presses now says it too; should it not, this comes again.
    if (page.busy) return news();
    read = Date.now();
    if (tell("news")) go(new URL(page.at), { live: true });
  }, TOGETHER);
};

const heard = ({ data }) => {
  const about = root.dataset.news;
  if (data === "*" || about === "*" || about === data) news();
};

const listen = () => {
  if (!wanted()) {
    stream?.close();
    stream = undefined;
  } else if (!stream) {
    met = false;
    stream = new EventSource("/events?since=" + root.dataset.at);
    stream.addEventListener("work_order", heard);
    stream.addEventListener("all", heard);
    // The stream came back after a break.
    stream.addEventListener("ready", () => (met ? news() : (met = true)));
  }
};

const again = () => {
  stream?.close();
  stream = undefined;
  listen();
  if (stream) news();
};

export const start = () => {
  listen();
  addEventListener("gantry:shown", () => {
    read = Date.now();
    document.getElementById("held")?.remove();
    listen();
  });
  // News that would take away what somebody types waits for them.
  addEventListener("gantry:held", () => {
    if (document.getElementById("held")) return;
    const bar = document.createElement("div");
    bar.id = "held";
    bar.className = "live-bar";
    bar.dataset.keep = "";
    bar.setAttribute("role", "status");
    bar.innerHTML = "<button class='btn btn-primary btn-bay'>Show what is new</button>";
    bar.firstChild.onclick = () => {
      bar.remove();
      go(new URL(page.at), { live: true, anyway: true });
    };
    frame()?.append(bar);
  });
  addEventListener("online", again);
  addEventListener("pageshow", (event) => event.persisted && again());
  document.addEventListener("visibilitychange", () => (document.hidden ? listen() : again()));
  setInterval(() => {
    const now = Date.now();
    // A tablet that slept: its stream may be dead without knowing.
    if (now - ticked > 20_000) again();
    else if (now - read > OLD) news();
    ticked = now;
  }, 5_000);
};
