// Two minutes before a session ends that shows other people, asks whether to stay.
// Without it the next page asks for the sign-in; nothing else depends on this.

const WARNING = 120_000; // milliseconds before the end
const dialog = document.querySelector("#session-end");

if (dialog?.showModal) {
  const idle = Number(dialog.dataset.seconds) * 1000;
  const tabs = new BroadcastChannel("session");
  let seen = Date.now();

  const here = () => {
    seen = Date.now();
    dialog.close();
  };
  // The page is shown again from the server, which shows nobody to who is signed out.
  const leave = () => location.replace(location.pathname + location.search);
  const look = () => {
    const passed = Date.now() - seen;
    if (passed >= idle) leave();
    else if (passed >= idle - WARNING && !dialog.open) dialog.showModal();
  };
  const stay = async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(dialog.dataset.stay, { cache: "no-store" });
      if (!answer.ok) return leave();
      here();
      tabs.postMessage("here");
    } catch {
      // No connection: the question stays until it is answered or the time is over.
    }
  };

  tabs.addEventListener("message", here);
  tabs.postMessage("here");
  dialog.querySelector("form").addEventListener("submit", stay);
  dialog.addEventListener("cancel", stay);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5_000);
}
