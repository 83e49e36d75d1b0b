// The list of blocks is searched as soon as it is open: first letters, then Enter.
(() => {
  const FIELD = "[data-tippy-root] .w-combobox input";

  const reach = tries => {
    const field = document.querySelector(FIELD);
    if (field) field.focus();
    else if (tries) requestAnimationFrame(() => reach(tries - 1));
  };

  document.addEventListener("click", event => {
    const button = event.target.closest(".c-sf-add-button");
    if (button && button.getAttribute("aria-expanded") === "true") reach(30);
  });

  // Enter means the first block that is found, unless another one was gone to.
  document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !event.target.matches(FIELD)) return;
    if (event.target.getAttribute("aria-activedescendant")) return;
    event.target.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true })
    );
  }, true);
})();

// Wagtail asks every few seconds whether somebody saved a newer version. An answer that
// was on its way while the page saved itself takes that for somebody's, and its warning
// never goes. Whoever presses is stopped only by one that still holds: it is asked anew.
(() => {
  const BUTTON = '[data-edit-form] button:is([type="submit"], [data-workflow-action-name])';
  const WARNED = "data-w-session-intercept-value";
  const LONGEST = 5000; // milliseconds that an answer is waited for
  let isAsked = false;

  const askAnew = session =>
    new Promise(resolve => {
      for (const end of ["w-swap:success", "w-swap:error"])
        session.addEventListener(end, resolve, { once: true });
      setTimeout(resolve, LONGEST);
      session.setAttribute(WARNED, "");
      session.dispatchEvent(new CustomEvent("w-session:visible"));
    });

  document.addEventListener("click", async event => {
    const button = event.target.closest(BUTTON);
    const session = document.querySelector(`[${WARNED}]:not([${WARNED}=""])`);
    if (!button || !session || isAsked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await askAnew(session);
    isAsked = true;
    button.click();
    isAsked = false;
  }, true);
})();
