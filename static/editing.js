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
