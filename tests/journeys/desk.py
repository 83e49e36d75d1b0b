"""How an editor works at her desk: by the words on the screen, counting her clicks."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

# The browser itself makes a film of a second, in the format that phones play.
FILM = """async () => {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const film = new MediaRecorder(canvas.captureStream(10), {mimeType: "video/mp4"});
  const parts = [];
  film.ondataavailable = part => parts.push(part.data);
  film.start();
  for (let turn = 0; turn < 10; turn++) {
    pen.fillStyle = turn % 2 ? "#144" : "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    await new Promise(done => setTimeout(done, 100));
  }
  await new Promise(done => { film.onstop = done; film.stop(); });
  return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()));
}"""
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nA qui\xc3\xa9n avisar\n"


@dataclass
class Desk:
    """An editor before the form of a page; she gets to a field with the Tab key.

    A press on a button, a link, a box or a file is one click. What is typed is none,
    Enter included, nor is a line of a list that is chosen by typing.
    """

    page: Page
    clicks: int = 0

    @contextmanager
    def at_most(self, clicks: int):
        """Hold that what is done inside takes no more clicks than these."""
        before = self.clicks
        yield
        assert self.clicks - before <= clicks

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def press(self, name: str, *, within: Locator | None = None, role="button") -> None:
        place = within or self.page
        self.click(place.get_by_role(role, name=name, exact=True).first)

    def go(self, name: str, *, within: Locator | None = None, role="link") -> None:
        """Press what leads to another screen, and wait for that screen."""
        place = within or self.page
        target = place.get_by_role(role, name=name, exact=True).first
        target.wait_for()
        with self.page.expect_navigation():
            self.click(target)

    def save(self, how: str = "Publicar") -> None:
        """Press a button of the menu at the foot of a form."""
        self.wait_until_kept()
        foot = self.page.get_by_role("navigation", name="Acciones (al pie)")
        if how != "Guardar borrador":
            self.press("Más acciones", within=foot)
        self.go(how, role="button")

    def wait_until_kept(self) -> None:
        """Look up, as somebody does: what she typed last is kept by itself."""
        self.page.wait_for_timeout(800)
        saving = self.page.get_by_text("Guardando...").filter(visible=True)
        saving.first.wait_for(state="hidden")

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        place = within or self.page
        place.get_by_role("textbox", name=label).first.fill(text)

    def fill_each(
        self, label: str, texts: list[str], *, within: Locator, role="textbox"
    ) -> None:
        """Fill all the fields of that name, one after another."""
        fields = within.get_by_role(role, name=label).all()
        for field, text in zip(fields, texts, strict=True):
            field.fill(text)

    def write(self, text: str, *, within: Locator) -> None:
        """Write into the first field for formatted text."""
        within.locator("[contenteditable=true]").first.focus()
        self.page.keyboard.type(text)

    def pick(self, label: str, option: str, *, within: Locator) -> None:
        """Choose in each list of that name, by typing what the line begins with."""
        for field in within.get_by_role("combobox", name=label).all():
            field.focus()
            self.page.keyboard.type(option)

    def add(self, kind: str) -> None:
        """Add a page below the one whose pages are listed or that is written."""
        link = self.page.get_by_role("link", name="Añadir página hija", exact=True)
        if not link.first.is_visible():
            self.press("Acciones")
        self.go("Añadir página hija")
        self.go(kind)

    def up_to(self, title: str) -> None:
        """Go to a page above this one, by the way that the head of the page shows."""
        way = self.page.get_by_role("navigation", name="Ruta de navegación")
        if not way.get_by_role("link", name=title, exact=True).is_visible():
            self.press("Alternar migas de pan")
        self.go(title, within=way)

    def panel(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def first_point(self, text: str, *, within: str) -> None:
        """Write the point that a list of points begins with."""
        self.panel(within).get_by_role("textbox").first.fill(text)

    def block(self, kind: str, *, within: str) -> Locator:
        """Add a block at the end: open the list of blocks, type its name, Enter."""
        panel = self.panel(within)
        there = panel.get_by_role("region", name=re.compile(f"^{kind}"))
        before = there.count()
        self.click(panel.get_by_role("button", name="Insertar un bloque").last)
        option = self.page.get_by_role("option", name=kind, exact=True)
        option.wait_for()
        self.page.keyboard.type(kind)
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        there.nth(before).wait_for()
        return there.nth(before)

    def upload(self, block: Locator, button: str, title: str, file: dict) -> None:
        """Choose a picture or a file that is not there yet."""
        self.press(button, within=block)
        dialog = self.page.get_by_role("dialog").last
        self.press("Subir", within=dialog, role="tab")
        form = dialog.get_by_role("tabpanel", name="Subir")
        form.get_by_label("Archivo").set_input_files(file)
        self.clicks += 1
        self.fill("Título", title, within=form)
        self.press("Subir", within=form)
        dialog.wait_for(state="detached")

    def film(self) -> dict:
        content = bytes(self.page.evaluate(FILM))
        return {"name": "aviso.mp4", "mimeType": "video/mp4", "buffer": content}

    def says(self, text: str) -> None:
        """Wait until the screen says so."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for()
