// Keeps every choice as it is made: on this device first, then with the server, which is
// asked until it answers. Without it the buttons save the page. What waits belongs to one
// person: of anybody else's nothing is sent or shown.

const AGAIN = [1, 2, 5, 15, 30, 60]; // seconds until the next try
const PATIENCE = 15_000; // milliseconds for an answer
const HELD = 5_000; // milliseconds that a button waits
const KEPT = 30 * 86_400_000; // milliseconds until nobody comes back for it
const MOST = 50; // choices at a time
const light = document.querySelector("#kept");
const form = light.closest("form");
const { owner, stored, everybodys } = waiting;
const here = `${/^.*\/attempts\/[\w-]+\//.exec(new URL(form.action).pathname)[0]}operations/`;
const ids = (to) => /attempts\/([\w-]+)/.exec(to)[1]; // in whatever language
const memory = [];
let tries = 0, said = "", timer, sending, writing, held, mayGo, isOver, odd;

// randomUUID is missing where a page came without TLS.
const uuid = () => URL.createObjectURL(new Blob()).slice(-36);
const device = (() => {
  try {
    if (owner) return (localStorage.device ??= uuid());
  } catch {} // this page is a device of its own
  return uuid();
})();
const add = async (one) => {
  if (await stored((store) => store.add(one))) return;
  memory.push({ ...one, number: memory.length });
};
const remove = async (one) => {
  if (memory.includes(one)) memory.splice(memory.indexOf(one), 1);
  else await stored((store) => store.delete(one.number));
};
const all = async () => {
  return [...(await everybodys()).filter((one) => one.owner === owner), ...memory];
};
const ours = (one) => ids(one.to) === ids(here);
const waits = (one) => !one.refused;

const say = (name, number) => {
  if (name === said && !number) return;
  said = name;
  light.querySelectorAll("p").forEach((old) => old.remove());
  const words = light.querySelector(`template.${name}`).content.cloneNode(true);
  if (number) words.querySelector("b").textContent = number;
  light.append(words);
};
const tell = async () => {
  const rows = await all();
  const left = rows.filter(waits);
  const isKept = left.every((one) => !memory.includes(one));
  const mine = mayGo && left.filter(ours).length;
  if (mine) say("held", mine);
  else if (left.length && isOver) say(isKept ? "over" : "away");
  else if (left.length) say(isKept ? "kept" : "open");
  else if (rows.some(ours)) say("refused");
  else if (said !== "ready") say(odd ?? "saved");
};
const show = ({ position, answer }) => {
  const set = document.getElementById(`q-${position}`);
  for (const input of set?.querySelectorAll(".choice input") ?? [])
    input.checked = answer.includes(input.value);
  for (const select of set?.querySelectorAll("select,[inputmode]") ?? [])
    select.value = answer[select.name.split("-")[2]];
};
const chosen = (set) => {
  const selects = [...set.querySelectorAll("select,[inputmode]")];
  return selects.length
    ? Object.fromEntries(selects.map((one) => [one.name.split("-")[2], one.value]))
    : [...set.querySelectorAll("input:checked")].map((one) => one.value);
};

const post = (to, batch) =>
  fetch(to, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify(
      batch.map(({ key, number, position, answer, at }) => {
        const age = Math.max(0, Date.now() - at) / 1000;
        return { key, device, number, position, answer, age };
      }),
    ),
    redirect: "error",
    keepalive: true, // goes on when the page is left
    signal: AbortSignal.timeout(PATIENCE),
  });
const settle = async (one, answer) => {
  if (answer === "refused") {
    // Is shown again; the next choice at this question takes its place.
    one.refused = true;
    if (!memory.includes(one)) await stored((store) => store.put(one));
    return;
  }
  await remove(one);
  if (ours(one)) odd = answer === "saved" ? odd : answer;
};
const flush = async () => {
  let kept = 0;
  clearTimeout(timer);
  try {
    for (;;) {
      const left = (await all()).filter(waits);
      if (!left.length) break;
      const to = (left.find(ours) ?? left[0]).to;
      const batch = left.filter((one) => one.to === to).slice(0, MOST);
      say("sending");
      const answer = await post(to, batch);
      isOver = [401, 403].includes(answer.status) || (answer.status === 404 && ours(batch[0]));
      if (isOver) break;
      if (answer.status === 404) {
        for (const one of batch) await remove(one); // an attempt that is no more
        continue;
      }
      const { answers } = await answer.json(); // fails for any other answer
      for (const one of batch) await settle(one, answers.shift().answer);
      kept += batch.length;
      tries = 0;
    }
  } catch {
    timer = setTimeout(send, 1000 * AGAIN[Math.min(tries++, AGAIN.length - 1)]);
  }
  // The review lists what the server has.
  if (kept && !held && !document.querySelector("#questions")) location.reload();
  await tell();
};
const send = () => (sending ??= flush().finally(() => (sending = undefined)));

form.addEventListener("change", (event) => {
  const set = event.target.closest("fieldset.choices");
  if (!set) return;
  const position = Number(set.id.slice(2));
  const one = { owner, to: here, key: uuid(), position, answer: chosen(set), at: Date.now() };
  odd = undefined;
  say("sending");
  writing = (async () => {
    await writing;
    for (const old of await all())
      if (old.refused && ours(old) && old.position === position) await remove(old);
    await add(one);
    await sending;
    send();
  })();
});
form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (mayGo || (button?.name === "go" && button.value !== "review")) return;
  event.preventDefault();
  if (held) return;
  held = true;
  const over = new Promise((resolve) => setTimeout(resolve, HELD));
  await Promise.race([over, (async () => [await writing, await send()])()]);
  held = false;
  mayGo = true; // who presses again knows
  if ((await all()).some((one) => waits(one) && ours(one))) tell();
  else form.requestSubmit(button);
});
addEventListener("pageshow", (event) => {
  mayGo = false;
  if (event.persisted) send();
});
addEventListener("online", send);
document.addEventListener("visibilitychange", send);

for (const one of await everybodys()) if (one.at < Date.now() - KEPT) await remove(one);
const rows = await all();
const before = rows.filter(ours);
before.forEach(show);
if (rows.some(waits)) send();
else say(before.length ? "refused" : "ready");
