// A link that shows the name of a certificate carries its token behind "#": no server,
// log or referrer sees it there. This hands it in by the form of the page.
// Without it the same form takes the link by hand.

const form = document.querySelector("#link form");

const handIn = () => {
  const token = /^#show=(\w+)$/.exec(location.hash)?.[1];
  if (!token) return;
  // Whoever goes back in the history comes to the page, and not to the link again.
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.token.value = token;
  form.submit();
};

if (form) {
  addEventListener("hashchange", handIn);
  handIn();
}
