// A button beside an address copies it. Without this the button stays hidden, and one
// selects the address by hand.

for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const answer = button.nextElementSibling;

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      answer.textContent = answer.dataset.copied;
    } catch {
      field.select(); // The browser does not allow it: one key is left to press.
    }
  };

  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", copy);
  }
}
