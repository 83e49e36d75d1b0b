// Five minutes before a session ends, says so below a page that is being filled in. One
// button stays; the focus stays where somebody types.
// Without it nothing is lost either: what is sent too late waits for the sign-in.

const SOON = 300_000; // milliseconds before the end
const box = document.querySelector("#session-end");
const [idle, most] = box.querySelectorAll("time");
const form = box.querySelector("template.soon").content.querySelector("form");
const address = form.getAttribute("action"); // in a template it is not resolved
const tabs = new BroadcastChannel("stay");
let ends, latest, before;

const seconds = (text) => Number(/\d+/.exec(text)) * 1000;
const said = () => box.querySelector(".says");
const say = (name) => {
  if (said()?.classList.contains(name)) return;
  said()?.remove();
  if (name) box.append(box.querySelector(`template.${name}`).content.cloneNode(true));
};
const goOn = ([still, atMost]) => {
  ends = Date.now() + still;
  latest = Date.now() + atMost;
  look();
};
const look = () => {
  const left = Math.min(ends, latest) - Date.now();
  if (left <= 0) say("over");
  else if (left > SOON) say("");
  else say(latest <= ends ? "last" : "soon");
};
const stay = async () => {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (answer.ok) {
      const left = answer.headers.get("Session-Seconds").split(" ").map(seconds);
      goOn(left);
      tabs.postMessage(left);
    } else say("over");
    before?.focus();
  } catch {
    // No connection: what is said stays, and so does the button.
  }
};

box.addEventListener("focusin", (event) => (before = event.relatedTarget ?? before));
box.addEventListener("submit", (event) => {
  event.preventDefault();
  stay();
});
tabs.addEventListener("message", (event) => goOn(event.data));
document.addEventListener("visibilitychange", look);
setInterval(look, 5_000);
goOn([idle, most].map((time) => seconds(time.dateTime)));
// Whoever went back may see a page of some hours ago: it does not know.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") stay();
else tabs.postMessage([idle, most].map((time) => seconds(time.dateTime)));
