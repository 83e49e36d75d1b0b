// Whoever signs out while choices of a test wait on this device says what becomes of
// them. Without it they stay for the same person, as the page says.

const { owner, stored, everybodys } = waiting;
const box = document.querySelector("#waiting");
const form = document.querySelector("#sign-out");
const mine = async () => (await everybodys()).filter((one) => one.owner === owner);
const discard = async () => {
  const rows = await mine();
  return stored((store) => rows.forEach((one) => store.delete(one.number)));
};

const rows = await mine();
const words = box.querySelector("template").content.cloneNode(true);
box.replaceChildren();
if (rows.length) {
  words.querySelector("b").textContent = rows.length;
  words.querySelector("a").href = rows[0].to.replace(/operations\/$/, "");
  box.append(words);
  form.querySelector("button").remove(); // it would not ask
}
box.addEventListener("click", async (event) => {
  if (event.target.name === "discard" && (await discard())) form.requestSubmit();
});
