// A button beside an address copies it. Without this the button stays hidden, and one
// selects the address by hand.

for (const button of document.querySelectorAll("button.copies")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const answer = button.nextElementSibling;
  const copied = answer.querySelector("template").content.textContent;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      answer.textContent = copied;
    } catch {
      field.select(); // The browser does not allow it: one key is left to press.
    }
  };

  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", copy);
  }
}
